import Domain

/// Objects as PowerShell's Export-Clixml writes them.
final class CLIXMLFormat: RecordFormat {
    static let namespace = "http://schemas.microsoft.com/powershell/2004/04"

    /// All state in one value: that is one check for exclusive access an event instead of one a variable.
    private var walk: CLIXMLWalk

    init(report: Report) { walk = CLIXMLWalk(report: report) }

    func start(_ tag: StartTag) throws { try walk.start(tag) }
    func end() throws { try walk.end() }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws { walk.text(bytes) }
    func finish() throws { try walk.finish() }
}

/// Walks `Objs/Obj/Props/Obj[@N='Props']/LST/Obj/Props/*` and passes over everything else. Source of the format:
/// MS-PSRP and PowerShell's own serializer.
struct CLIXMLWalk {
    private let report: Report
    private var stack: [Context] = []
    private var record = CapturedRecord()
    private var passedOver = PassedOver()
    private var mapping: RecordMapping
    private var types = TypeLists()
    private var typeList = TypeListReading()
    private var objects = 0

    /// What the element that is open is to us.
    private enum Context {
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

// Values of a record and of its embedded properties.
extension CLIXMLWalk {
    private mutating func beginMember(
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

    private mutating func beginProperty(_ element: CLIXMLElement, _ tag: StartTag) throws -> Context {
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

    private mutating func beginSlot(_ element: CLIXMLElement, _ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag)
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

    private mutating func endProperty() throws {
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
