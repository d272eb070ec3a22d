import Domain

/// The wanted values of one record, in buffers that are used again for the next one.
struct CapturedRecord {
    /// Something that makes a value unusable.
    struct Problem {
        enum Subject: Equatable {
            case record(RecordField)
            case property(ItemProperty)
            /// The list of properties as a whole.
            case properties
        }

        let code: FindingCode
        let subject: Subject
        let position: Position
        let message: String
    }

    private(set) var position = Position.start
    var recordClass = RecordClass.unnamed
    /// Whether it has columns that only a flattened report of site systems has.
    private(set) var isFlat = false
    /// Whether the list of its embedded properties is there, if only an empty one.
    var hasProperties = false
    private(set) var propertyCount = 0
    private(set) var problems: [Problem] = []
    private var fields: [CapturedValue]
    private var properties: [CapturedValue]
    private var slots: [CapturedValue]
    private var spare: CapturedValue
    private let texts: Texts

    /// How a format writes texts.
    enum Texts {
        /// With PowerShell's escapes; null differs from empty.
        case escaped
        /// As they are; null differs from empty.
        case plain
        /// As they are; what is empty may have been null.
        case plainOrNull
    }

    init(texts: Texts) {
        self.texts = texts
        let value = CapturedValue(isEscaped: texts == .escaped)
        fields = Array(repeating: value, count: RecordField.allCases.count)
        properties = Array(repeating: value, count: ItemProperty.allCases.count)
        slots = Array(repeating: value, count: PropertySlot.allCases.count)
        spare = value
    }

    mutating func begin(at position: Position) {
        self.position = position
        recordClass = .unnamed
        isFlat = false
        hasProperties = false
        propertyCount = 0
        problems.removeAll(keepingCapacity: true)
        for index in fields.indices { fields[index].clear() }
        for index in properties.indices { properties[index].clear() }
        for index in slots.indices { slots[index].clear() }
    }

    // Lent, not copied: each is looked at several times an item.
    subscript(field: RecordField) -> CapturedValue { _read { yield fields[field.rawValue] } }
    subscript(property: ItemProperty) -> CapturedValue { _read { yield properties[property.rawValue] } }

    mutating func report(_ code: FindingCode, _ subject: Problem.Subject, at position: Position, _ message: String) {
        // A record may hold one value any number of times; who mends the first thousand mends the rest.
        guard problems.count < Limit.problems else { return }
        problems.append(Problem(code: code, subject: subject, position: position, message: message))
    }

    // MARK: The record's own values

    mutating func beginValue(at position: Position) { spare.begin(at: position) }
    mutating func appendToValue(_ bytes: UnsafeBufferPointer<UInt8>) { spare.append(bytes) }

    var valuePosition: Position { spare.position }
    var valueIsNull: Bool { spare.state == .null }
    mutating func setNullValue(at position: Position) { spare.setNull(at: position) }

    /// Keeps the value that ends as what the member says.
    mutating func endValue(_ member: RecordMember) throws(Refusal) {
        if let refusal = spare.overLimit { throw refusal }
        if texts == .plainOrNull, spare.bytes.isEmpty { spare.setNull(at: spare.position) }
        let agrees: Bool
        switch member {
        case .field(let field): agrees = Self.keep(&fields[field.rawValue], &spare)
        case .column(let property):
            agrees = Self.keep(&properties[property.rawValue], &spare)
            if property.isOfReports { isFlat = true }
        case .slot(let slot): agrees = Self.keep(&slots[slot.rawValue], &spare)
        }
        guard !agrees else { return }
        report(
            .valueTwice, member.subject, at: spare.position,
            "\(member.label) is there twice in this record, with different values. Export again, or remove the wrong one."
        )
    }

    /// Keeps the first of several values; false when another one says something else.
    private static func keep(_ value: inout CapturedValue, _ other: inout CapturedValue) -> Bool {
        if value.isPresent { return value.saysTheSame(as: other) }
        swap(&value, &other)
        return true
    }

    // MARK: Its embedded properties

    mutating func beginProperty(at position: Position) throws(Refusal) {
        try countProperty(at: position)
        for index in slots.indices { slots[index].clear() }
    }

    private mutating func countProperty(at position: Position) throws(Refusal) {
        propertyCount += 1
        if propertyCount > Limit.properties {
            throw Refusal(
                .xmlLimitProperties, at: position,
                "This item has more than 1,000 properties. No item of a site has: export the file again.")
        }
    }

    /// Begins a part of the property that is open; false when it is there twice, which is reported.
    mutating func beginSlot(_ slot: PropertySlot, at position: Position) -> Bool {
        guard !slots[slot.rawValue].isPresent else {
            report(
                .valueTwice, .properties, at: position,
                "\(slot.label) is there twice in one property. Export the file again.")
            return false
        }
        slots[slot.rawValue].begin(at: position)
        return true
    }

    /// Begins the text of a part that was taken for null so far.
    mutating func beginSlotAgain(_ slot: PropertySlot, at position: Position) {
        slots[slot.rawValue].begin(at: position)
    }

    mutating func setNull(_ slot: PropertySlot, at position: Position) { slots[slot.rawValue].setNull(at: position) }

    mutating func endSlot(_ slot: PropertySlot) {
        guard texts == .plainOrNull, slots[slot.rawValue].bytes.isEmpty else { return }
        slots[slot.rawValue].setNull(at: slots[slot.rawValue].position)
    }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, to slot: PropertySlot) {
        slots[slot.rawValue].append(bytes)
    }

    private var propertyNamePosition: Position { slots[PropertySlot.name.rawValue].position }

    /// Whether the property that is open has a name.
    var hasPropertyName: Bool { slots[PropertySlot.name.rawValue].state == .text }

    /// Keeps the value of the property that ends, if it is a wanted one.
    mutating func endProperty(_ passedOver: inout PassedOver) throws(Refusal) {
        let name = slots[PropertySlot.name.rawValue]
        guard name.state == .text else { return }
        let (isProtected, match) = name.bytes.withUnsafeBufferPointer {
            (ProtectedName.matches($0), find($0, in: ItemProperty.names))
        }
        if isProtected { passedOver.countProtected(at: name.position) }
        switch match {
        case .none: break
        case .otherCase(let property):
            reportCase("\(property.name)", .property(property), name.position)
        case .exact(let property): try endProperty(property)
        }
    }

    /// Finds a name of the file, which may hold PowerShell's escapes.
    func find<Meaning>(_ name: UnsafeBufferPointer<UInt8>, in table: NameTable<Meaning>) -> NameTable<Meaning>.Match {
        texts == .escaped ? table.find(decoding: name) : table.find(name)
    }

    /// Takes over the property that stands in a row: the rows of a database query each hold one.
    mutating func takeProperty(of row: inout CapturedRecord) throws(Refusal) {
        try countProperty(at: row.position)
        swap(&slots, &row.slots)
        problems += row.problems
    }

    /// Keeps the slot that holds the value of a wanted property.
    private mutating func endProperty(_ property: ItemProperty) throws(Refusal) {
        let slot = property.slot.rawValue
        if let refusal = slots[slot].overLimit { throw refusal }
        if !slots[slot].isPresent { slots[slot].setNull(at: propertyNamePosition) }
        guard !Self.keep(&properties[property.rawValue], &slots[slot]) else { return }
        report(
            .valueTwice, .property(property), at: propertyNamePosition,
            "The property \(property.name) is there twice in this item, with different values. Export again, or remove the wrong one."
        )
    }
}

extension Refusal {
    /// - Parameter command: the end of the pipeline that gives the file anew.
    static func tooShallow(at position: Position, command: String) -> Refusal {
        Refusal(
            .importDepth, at: position,
            "The file was exported with too little depth: the properties are texts here and their values are gone. "
                + "Run the export again as … | \(command).")
    }
}

// What makes values unusable.
extension CapturedRecord {
    mutating func reportCase(_ member: RecordMember, at position: Position) {
        if recordClass.kind == .custom || recordClass.kind == .untold, !member.countsInReports { return }
        reportCase(member.label, member.subject, position)
    }

    private mutating func reportCase(_ name: String, _ subject: Problem.Subject, _ position: Position) {
        report(
            .valueCase, subject, at: position,
            "The property \(name) is spelled in another case here, so it may be another one. Spell it \(name), or export again."
        )
    }

    mutating func reportObject(_ what: String, _ subject: Problem.Subject, _ position: Position) {
        report(
            .xmlElement, subject, at: position,
            "\(what) is an object here where a text or a number belongs. Export again with the portal's script.")
    }

    mutating func reportReference(_ what: String, _ subject: Problem.Subject, _ position: Position) {
        report(
            .importReference, subject, at: position,
            "\(what) only refers to another object here instead of holding a value. Export again with the portal's script."
        )
    }

    mutating func reportForeignChild(_ what: String, _ subject: Problem.Subject, _ position: Position) {
        report(
            .xmlElement, subject, at: position,
            "An element stands in the text of \(what). Export the file again.")
    }
}
