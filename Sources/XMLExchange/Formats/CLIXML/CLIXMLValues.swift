import Domain

// Values of a record and of its embedded properties.
extension CLIXMLWalk {
    mutating func beginMember(
        _ element: CLIXMLElement, _ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag
    ) throws -> Context {
        guard let name, record.recordClass.isWanted else { return .passedOver }
        let table = record.recordClass.kind == .site ? RecordField.ofSite : RecordField.ofItem
        switch table.find(decoding: name) {
        case .none:
            if record.recordClass.kind == .custom, FlatColumn.matches(name) { record.isFlat = true }
            return .passedOver
        case .otherCase(let field):
            if record.recordClass.kind != .custom { reportCase("\(field.name)", .record(field), tag.position) }
            return .passedOver
        case .exact(.props): return try beginProperties(element, tag)
        case .exact(let field): return beginValue(field, element, tag)
        }
    }

    private mutating func beginValue(_ field: RecordField, _ element: CLIXMLElement, _ tag: StartTag) -> Context {
        switch element {
        case .null, .secureString: return .passedOver
        case .reference:
            reportReference("\(field.name)", .record(field), tag.position)
            return .passedOver
        case .object, .members, .list, .enumerable:
            reportObject("\(field.name)", .record(field), tag.position)
            return .passedOver
        default:
            record.beginValue(at: tag.position)
            return .value(field)
        }
    }

    private mutating func beginProperties(_ element: CLIXMLElement, _ tag: StartTag) throws -> Context {
        switch element {
        case .object: return .properties
        case .null: return .passedOver
        case .reference:
            reportReference("Props", .properties, tag.position)
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
            reportReference("A property of the item", .properties, tag.position)
            return .passedOver
        default: throw Self.tooShallow(tag)
        }
    }

    private static func tooShallow(_ tag: StartTag) -> Refusal {
        Refusal(
            .importDepth, at: tag.position,
            "The file was exported with too little depth: the properties are texts here and their values are gone. "
                + "Run the export again as … | Export-Clixml -Depth 3 -Path FILE.")
    }

    mutating func beginSlot(_ element: CLIXMLElement, _ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag)
        -> Context
    {
        guard let name else { return .passedOver }
        switch PropertySlot.names.find(decoding: name) {
        case .none: return .passedOver
        case .otherCase(let slot):
            reportCase("\(slot.label)", .properties, tag.position)
            return .passedOver
        case .exact(let slot): return beginSlot(slot, element, tag)
        }
    }

    private mutating func beginSlot(_ slot: PropertySlot, _ element: CLIXMLElement, _ tag: StartTag) -> Context {
        if record.isCaptured(slot) {
            record.report(
                .valueTwice, .properties, at: tag.position,
                "\(slot.label) is there twice in one property. Export the file again.")
            return .passedOver
        }
        switch element {
        case .null, .secureString:
            record.setNull(slot, at: tag.position)
            return .passedOver
        case .reference:
            reportReference(slot.label, .properties, tag.position)
            return .passedOver
        case .object, .members, .list, .enumerable:
            reportObject(slot.label, .properties, tag.position)
            return .passedOver
        default:
            record.beginSlot(slot, at: tag.position)
            return .slot(slot)
        }
    }

    mutating func endProperty() throws {
        guard let name = record.propertyName else { return }
        let (isProtected, match) = name.withUnsafeBufferPointer {
            (ProtectedName.matches($0), ItemProperty.names.find(decoding: $0))
        }
        if isProtected { passedOver.countProtected(at: record.propertyNamePosition) }
        switch match {
        case .none: break
        case .otherCase(let property):
            reportCase("\(property.name)", .property(property), record.propertyNamePosition)
        case .exact(let property): try record.endProperty(property)
        }
    }

    private mutating func reportCase(_ name: String, _ subject: CapturedRecord.Problem.Subject, _ position: Position) {
        record.report(
            .valueCase, subject, at: position,
            "The property \(name) is spelled in another case here, so it may be another one. Spell it \(name), or export again."
        )
    }

    private mutating func reportObject(_ what: String, _ subject: CapturedRecord.Problem.Subject, _ position: Position)
    {
        record.report(
            .xmlElement, subject, at: position,
            "\(what) is an object here where a text or a number belongs. Export again with the portal's script.")
    }

    private mutating func reportReference(
        _ what: String, _ subject: CapturedRecord.Problem.Subject, _ position: Position
    ) {
        record.report(
            .importReference, subject, at: position,
            "\(what) only refers to another object here instead of holding a value. Export again with the portal's script."
        )
    }
}
