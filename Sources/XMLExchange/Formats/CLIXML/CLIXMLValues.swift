import Domain

// Values of a record and of its embedded properties.
extension CLIXMLWalk {
    mutating func beginMember(
        _ element: CLIXMLElement, _ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag
    ) throws -> Context {
        guard let name, record.recordClass.isWanted else { return .passedOver }
        switch record.find(name, in: record.recordClass.kind.members) {
        case .none: return .passedOver
        case .otherCase(let member):
            record.reportCase(member, at: tag.position)
            return .passedOver
        case .exact(.field(.props)): return try beginProperties(element, tag)
        case .exact(let member): return try beginValue(member, element, tag)
        }
    }

    private mutating func beginValue(
        _ member: RecordMember, _ element: CLIXMLElement, _ tag: StartTag
    ) throws -> Context {
        switch element {
        case .null, .secureString:
            // A null of the record itself says as little as its absence.
            if case .field = member { return .passedOver }
            record.setNullValue(at: tag.position)
            try record.endValue(member)
            return .passedOver
        case .reference:
            record.reportReference(member.label, member.subject, tag.position)
            return .passedOver
        case .object: return beginObjectValue(member, tag)
        case .members, .list, .enumerable:
            record.reportObject(member.label, member.subject, tag.position)
            return .passedOver
        default:
            record.beginValue(at: tag.position)
            return .value(member)
        }
    }

    private mutating func beginProperties(_ element: CLIXMLElement, _ tag: StartTag) throws -> Context {
        switch element {
        case .object:
            record.hasProperties = true
            return .properties
        case .null: return .passedOver
        case .reference:
            record.reportReference("Props", .properties, tag.position)
            return .passedOver
        default: throw Self.tooShallow(tag)
        }
    }

    mutating func beginProperty(_ element: CLIXMLElement, _ tag: StartTag) throws -> Context {
        switch element {
        case .object:
            try record.beginProperty(at: tag.position)
            return .property
        case .null: return .passedOver
        case .reference:
            record.reportReference("A property of the item", .properties, tag.position)
            return .passedOver
        default: throw Self.tooShallow(tag)
        }
    }

    private static func tooShallow(_ tag: StartTag) -> Refusal {
        .tooShallow(at: tag.position, command: "Export-Clixml -Depth 3 -Path FILE")
    }

    mutating func beginSlot(_ element: CLIXMLElement, _ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag)
        -> Context
    {
        guard let name else { return .passedOver }
        switch record.find(name, in: PropertySlot.names) {
        case .none: return .passedOver
        case .otherCase(let slot):
            record.reportCase(.slot(slot), at: tag.position)
            return .passedOver
        case .exact(let slot): return beginSlot(slot, element, tag)
        }
    }

    private mutating func beginSlot(_ slot: PropertySlot, _ element: CLIXMLElement, _ tag: StartTag) -> Context {
        switch element {
        case .null, .secureString:
            if record.beginSlot(slot, at: tag.position) { record.setNull(slot, at: tag.position) }
            return .passedOver
        case .reference:
            record.reportReference(slot.label, .properties, tag.position)
            return .passedOver
        case .object, .members, .list, .enumerable:
            record.reportObject(slot.label, .properties, tag.position)
            return .passedOver
        default: return record.beginSlot(slot, at: tag.position) ? .slot(slot) : .passedOver
        }
    }
}
