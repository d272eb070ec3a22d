import Domain

/// Walks `Objs/Obj/Props/Obj[@N='Props']/LST/Obj/Props/*` and passes over everything else. Source of the format:
/// MS-PSRP and PowerShell's own serializer.
struct CLIXMLWalk {
    private var stack: [Context] = []
    var record = CapturedRecord(texts: .escaped)
    var telling: RecordTelling
    private var types = TypeLists()
    private var typeList = TypeListReading()
    /// Whether the object that stands for a value is of the class of a database's null.
    private var isDatabaseNull = false

    /// What the element that is open is to us.
    enum Context {
        /// `Objs`, or a list that holds records.
        case records
        case record
        /// A top object that only wraps a list of records.
        case wrapper
        /// `Props` or `MS` of a record.
        case members
        case value(RecordMember)
        /// An object where a value belongs: nothing but a database's null may be one.
        case objectValue(RecordMember)
        /// `Obj N="Props"`, and the `LST` in it.
        case properties, propertyList
        case property
        /// `Props` or `MS` of an embedded property.
        case slots
        case slot(PropertySlot)
        /// A list of type names, and a name in it.
        case typeNames(of: TypeOwner)
        case typeName
        case passedOver
    }

    enum TypeOwner { case record, value, other }

    init(report: Report) {
        telling = RecordTelling(report: report)
        stack.reserveCapacity(Limit.depth)
    }

    mutating func start(_ tag: StartTag) throws {
        guard let context = stack.last else { return stack.append(.records) }
        let element = CLIXMLElement(tag)
        let name = tag.rawValue(ofLetter: UInt8(ascii: "N"))
        if element == .secureString || name.map(ProtectedName.matches) == true {
            telling.passedOver.countProtected(at: tag.position)
        }
        stack.append(try next(context, element, name, tag))
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch stack.last {
        case .slot(let slot): record.append(bytes, to: slot)
        case .value: record.appendToValue(bytes)
        case .typeName: typeList.append(bytes)
        default: break
        }
    }

    mutating func end() throws {
        switch stack.removeLast() {
        case .record: try telling.end(&record)
        case .value(let member): try record.endValue(member)
        case .objectValue(let member): try endObjectValue(member)
        case .property: try record.endProperty(&telling.passedOver)
        case .typeName: typeList.endName()
        case .typeNames(let owner):
            types.define(typeList.number, typeList.recordClass)
            setClass(typeList.recordClass, of: owner)
        default: break
        }
    }

    mutating func finish() throws { try telling.finish() }

    private mutating func next(
        _ context: Context, _ element: CLIXMLElement, _ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag
    ) throws -> Context {
        if element == .typeNames { return beginTypeNames(context, tag) }
        switch context {
        case .records: return try beginRecord(element, tag)
        case .record: return insideRecord(element, tag)
        case .members: return try beginMember(element, name, tag)
        case .properties:
            return element == .list || element == .enumerable ? .propertyList : .passedOver
        case .propertyList: return try beginProperty(element, tag)
        case .property: return element == .members ? .slots : .passedOver
        case .slots: return beginSlot(element, name, tag)
        case .typeNames: return element == .typeName ? beginTypeName() : .passedOver
        case .slot(let slot): return foreignChild(.slot(slot), tag)
        case .value(let member): return foreignChild(member, tag)
        case .objectValue:
            if element == .typeReference { setClass(types.recordClass(Self.number(tag)), of: .value) }
            return .passedOver
        case .wrapper, .typeName, .passedOver: return .passedOver
        }
    }

    private mutating func foreignChild(_ member: RecordMember, _ tag: StartTag) -> Context {
        record.reportForeignChild(member.label, member.subject, tag.position)
        return .passedOver
    }

    private mutating func setClass(_ recordClass: RecordClass, of owner: TypeOwner) {
        switch owner {
        case .record: record.recordClass = recordClass
        case .value: isDatabaseNull = recordClass.name == "System.DBNull"
        case .other: break
        }
    }

    mutating func beginObjectValue(_ member: RecordMember, _ tag: StartTag) -> Context {
        isDatabaseNull = false
        record.setNullValue(at: tag.position)
        return .objectValue(member)
    }

    private mutating func endObjectValue(_ member: RecordMember) throws {
        guard isDatabaseNull else {
            return record.reportObject(member.label, member.subject, record.valuePosition)
        }
        // A null of the record itself says as little as its absence.
        if case .field = member { return }
        try record.endValue(member)
    }
}

// Records and their type names.
extension CLIXMLWalk {
    private mutating func beginRecord(_ element: CLIXMLElement, _ tag: StartTag) throws -> Context {
        // Objects of another stream than the output, such as progress, are no records.
        if tag.rawValue(ofLetter: UInt8(ascii: "S")) != nil { return .passedOver }
        try telling.begin(at: tag.position)
        guard element == .object else {
            telling.passedOver.count(RecordClass(typeName: "single values"), at: tag.position)
            return .passedOver
        }
        record.begin(at: tag.position)
        return .record
    }

    private mutating func insideRecord(_ element: CLIXMLElement, _ tag: StartTag) -> Context {
        switch element {
        case .typeReference:
            record.recordClass = types.recordClass(Self.number(tag))
            return .passedOver
        case .members: return .members
        case .list, .enumerable:
            // A result set is enumerable: PowerShell then writes its items before its properties.
            if record.recordClass.kind != .other { return .passedOver }
            stack[stack.count - 1] = .wrapper
            return .records
        default: return .passedOver
        }
    }

    private mutating func beginTypeNames(_ context: Context, _ tag: StartTag) -> Context {
        typeList.begin(Self.number(tag))
        switch context {
        case .record: return .typeNames(of: .record)
        case .objectValue: return .typeNames(of: .value)
        default: return .typeNames(of: .other)
        }
    }

    private mutating func beginTypeName() -> Context {
        typeList.beginName()
        return .typeName
    }

    private static func number(_ tag: StartTag) -> Int? { tag.value(of: "RefId").flatMap { Int($0) } }
}
