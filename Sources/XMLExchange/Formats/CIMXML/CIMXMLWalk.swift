import Domain

/// Walks `INSTANCE/PROPERTY.OBJECTARRAY[@NAME='Props']/VALUE.OBJECTARRAY/VALUE.OBJECT/INSTANCE/PROPERTY/VALUE`, whatever
/// the outer instance stands in, and passes over everything else, the command line that wmic repeats among it.
struct CIMXMLWalk {
    private var stack: [Context] = []
    private var record = CapturedRecord(texts: .plain)
    private var telling: RecordTelling

    /// What the element that is open is to us.
    private enum Context {
        /// What instances stand in.
        case outside
        case record
        /// `PROPERTY` of a record, and the `VALUE` in it.
        case member(RecordMember)
        case value(RecordMember)
        /// `PROPERTY.OBJECTARRAY NAME="Props"`, and what stands between it and the instances in it.
        case properties
        case property
        /// `PROPERTY` of an embedded property, and the `VALUE` in it.
        case part(PropertySlot)
        case slot(PropertySlot)
        case passedOver
    }

    init(report: Report) {
        telling = RecordTelling(report: report)
        stack.reserveCapacity(Limit.depth)
    }

    mutating func start(_ tag: StartTag) throws {
        let element = CIMXMLElement(tag)
        stack.append(try next(stack.last ?? .outside, element, tag))
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch stack.last {
        case .slot(let slot): record.append(bytes, to: slot)
        case .value: record.appendToValue(bytes)
        default: break
        }
    }

    mutating func end() throws {
        switch stack.removeLast() {
        case .record: try telling.end(&record)
        case .member(let member): try endMember(member)
        case .property: try record.endProperty(&telling.passedOver)
        default: break
        }
    }

    mutating func finish() throws { try telling.finish() }

    private mutating func next(_ context: Context, _ element: CIMXMLElement, _ tag: StartTag) throws -> Context {
        switch (context, element) {
        case (.outside, .instance): return try beginRecord(tag)
        case (.outside, .request): return .passedOver
        case (.outside, _): return .outside
        case (.record, .property): return beginMember(tag)
        case (.record, .objects): return isProperties(tag) ? .properties : .passedOver
        case (.member(let member), .value): return beginValue(member, tag)
        case (.properties, .objectList):
            record.hasProperties = true
            return .properties
        case (.properties, .object): return .properties
        case (.properties, .instance):
            try record.beginProperty(at: tag.position)
            return .property
        case (.property, .property): return beginPart(tag)
        case (.part(let slot), .value):
            record.beginSlotAgain(slot, at: tag.position)
            return .slot(slot)
        case (.slot(let slot), _): return foreignChild(.slot(slot), tag)
        case (.value(let member), _): return foreignChild(member, tag)
        default: return .passedOver
        }
    }

    private mutating func beginRecord(_ tag: StartTag) throws -> Context {
        try telling.begin(at: tag.position)
        record.begin(at: tag.position)
        record.recordClass = RecordClass(className: tag.rawValue(of: "CLASSNAME").map(StartTag.unescaped) ?? "")
        return .record
    }

    private mutating func beginMember(_ tag: StartTag) -> Context {
        guard let name = name(tag), record.recordClass.isWanted else { return .passedOver }
        switch record.find(name, in: record.recordClass.kind.members) {
        case .none, .exact(.field(.props)): return .passedOver
        case .otherCase(let member):
            record.reportCase(member, at: tag.position)
            return .passedOver
        case .exact(let member):
            record.setNullValue(at: tag.position)
            return .member(member)
        }
    }

    private mutating func beginValue(_ member: RecordMember, _ tag: StartTag) -> Context {
        record.beginValue(at: tag.position)
        return .value(member)
    }

    private mutating func endMember(_ member: RecordMember) throws {
        // A null of the record itself says as little as its absence.
        if record.valueIsNull, case .field = member { return }
        try record.endValue(member)
    }

    private func isProperties(_ tag: StartTag) -> Bool {
        guard record.recordClass.isWanted, let name = tag.rawValue(of: "NAME"),
            case .exact(.field(.props)) = record.find(name, in: record.recordClass.kind.members)
        else { return false }
        return true
    }

    private mutating func beginPart(_ tag: StartTag) -> Context {
        guard let name = name(tag) else { return .passedOver }
        switch record.find(name, in: PropertySlot.names) {
        case .none: return .passedOver
        case .otherCase(let slot):
            record.reportCase(.slot(slot), at: tag.position)
            return .passedOver
        case .exact(let slot):
            guard record.beginSlot(slot, at: tag.position) else { return .passedOver }
            record.setNull(slot, at: tag.position)
            return .part(slot)
        }
    }

    /// The name of a property, counted when it is a secret's.
    private mutating func name(_ tag: StartTag) -> UnsafeBufferPointer<UInt8>? {
        let name = tag.rawValue(of: "NAME")
        if name.map(ProtectedName.matches) == true { telling.passedOver.countProtected(at: tag.position) }
        return name
    }

    private mutating func foreignChild(_ member: RecordMember, _ tag: StartTag) -> Context {
        record.reportForeignChild(member.label, member.subject, tag.position)
        return .passedOver
    }
}

/// The elements of CIM-XML that matter here.
private enum CIMXMLElement {
    case instance, property, value
    /// `PROPERTY.OBJECTARRAY`, and in it `VALUE.OBJECTARRAY` and `VALUE.OBJECT`.
    case objects, objectList, object
    /// The command line that was run.
    case request
    case other

    init(_ tag: StartTag) {
        switch tag.packedName {
        case Packed.value: self = .value
        case Packed.property: self = .property
        case Packed.instance: self = .instance
        case Packed.request: self = .request
        case 0 where tag.isNamed("VALUE.OBJECT"): self = .object
        case 0 where tag.isNamed("VALUE.OBJECTARRAY"): self = .objectList
        case 0 where tag.isNamed("PROPERTY.OBJECTARRAY"): self = .objects
        default: self = .other
        }
    }

    private enum Packed {
        static let value = StartTag.pack("VALUE")
        static let property = StartTag.pack("PROPERTY")
        static let instance = StartTag.pack("INSTANCE")
        static let request = StartTag.pack("REQUEST")
    }
}
