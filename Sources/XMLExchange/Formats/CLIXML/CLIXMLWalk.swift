import Domain

/// Walks `Objs/Obj/Props/Obj[@N='Props']/LST/Obj/Props/*` and passes over everything else. Source of the format:
/// MS-PSRP and PowerShell's own serializer.
struct CLIXMLWalk {
    private let report: Report
    private var stack: [Context] = []
    var record = CapturedRecord()
    var passedOver = PassedOver()
    private var mapping: RecordMapping
    private var types = TypeLists()
    private var typeList = TypeListReading()
    private var objects = 0

    /// What the element that is open is to us.
    enum Context {
        /// `Objs`, or a list that holds records.
        case records
        case record
        /// A top object that only wraps a list of records.
        case wrapper
        /// `Props` or `MS` of a record.
        case members
        case value(RecordField)
        /// `Obj N="Props"`, and the `LST` in it.
        case properties, propertyList
        case property
        /// `Props` or `MS` of an embedded property.
        case slots
        case slot(PropertySlot)
        /// A list of type names, of the record or of something else, and a name in it.
        case typeNames(isOfRecord: Bool)
        case typeName
        case passedOver
    }

    init(report: Report) {
        self.report = report
        mapping = RecordMapping(report: report)
        stack.reserveCapacity(Limit.depth)
    }

    mutating func start(_ tag: StartTag) throws {
        guard let context = stack.last else { return stack.append(.records) }
        let element = CLIXMLElement(tag)
        let name = tag.rawValue(ofLetter: UInt8(ascii: "N"))
        if element == .secureString || name.map(ProtectedName.matches) == true {
            passedOver.countProtected(at: tag.position)
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
        case .record: try endRecord()
        case .value(let field): try record.endValue(field)
        case .property: try endProperty()
        case .typeName: typeList.endName()
        case .typeNames(let isOfRecord):
            types.define(typeList.number, typeList.recordClass)
            if isOfRecord { record.recordClass = typeList.recordClass }
        default: break
        }
    }

    func finish() throws { try passedOver.tell(report, objects: objects) }

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
        case .slot(let slot): return foreignChild(.properties, "the slot \(slot) of a property", tag)
        case .value(let field): return foreignChild(.record(field), "\(field.name)", tag)
        case .wrapper, .typeName, .passedOver: return .passedOver
        }
    }

    private mutating func foreignChild(_ subject: CapturedRecord.Problem.Subject, _ what: String, _ tag: StartTag)
        -> Context
    {
        record.report(
            .xmlElement, subject, at: tag.position, "An element stands in the text of \(what). Export the file again.")
        return .passedOver
    }
}

// Records and their type names.
extension CLIXMLWalk {
    private mutating func beginRecord(_ element: CLIXMLElement, _ tag: StartTag) throws -> Context {
        // Objects of another stream than the output, such as progress, are no records.
        if tag.rawValue(ofLetter: UInt8(ascii: "S")) != nil { return .passedOver }
        objects += 1
        if objects > Limit.items {
            throw Refusal(
                .xmlLimitItems, at: tag.position,
                "The file holds more than 2,000,000 objects. Export site by site, and import the files one after another."
            )
        }
        guard element == .object else {
            passedOver.count(RecordClass(typeName: "single values"), at: tag.position)
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
            objects -= 1
            stack[stack.count - 1] = .wrapper
            return .records
        default: return .passedOver
        }
    }

    private mutating func beginTypeNames(_ context: Context, _ tag: StartTag) -> Context {
        typeList.begin(Self.number(tag))
        if case .record = context { return .typeNames(isOfRecord: true) }
        return .typeNames(isOfRecord: false)
    }

    private mutating func beginTypeName() -> Context {
        typeList.beginName()
        return .typeName
    }

    private static func number(_ tag: StartTag) -> Int? { tag.value(of: "RefId").flatMap { Int($0) } }

    private mutating func endRecord() throws {
        switch record.recordClass.kind {
        case .component:
            report.summary.records += 1
            passedOver.countComponent(at: record.position)
        case .site:
            report.summary.records += 1
            passedOver.hasWanted = true
            try mapping.tellSite(record)
        case .item:
            try endItem()
        case .custom
        where record[.roleName].isPresent && (record[.networkOSPath].isPresent || record[.nalPath].isPresent):
            try endItem()
        default: passedOver.count(record.recordClass, isFlat: record.isFlat, at: record.position)
        }
    }

    private mutating func endItem() throws {
        report.summary.records += 1
        passedOver.hasWanted = true
        try mapping.tellItem(record)
    }
}
