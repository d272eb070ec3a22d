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
    /// Whether it has columns of a flattened report.
    var isFlat = false
    private(set) var propertyCount = 0
    private(set) var problems: [Problem] = []
    private var fields = Array(repeating: CapturedValue(), count: RecordField.allCases.count)
    private var properties = Array(repeating: CapturedValue(), count: ItemProperty.allCases.count)
    private var slots = Array(repeating: CapturedValue(), count: PropertySlot.allCases.count)
    private var spare = CapturedValue()

    mutating func begin(at position: Position) {
        self.position = position
        recordClass = .unnamed
        isFlat = false
        propertyCount = 0
        problems.removeAll(keepingCapacity: true)
        for index in fields.indices { fields[index].clear() }
        for index in properties.indices { properties[index].clear() }
    }

    subscript(field: RecordField) -> CapturedValue { fields[field.rawValue] }
    subscript(property: ItemProperty) -> CapturedValue { properties[property.rawValue] }

    mutating func report(_ code: FindingCode, _ subject: Problem.Subject, at position: Position, _ message: String) {
        problems.append(Problem(code: code, subject: subject, position: position, message: message))
    }

    // MARK: The record's own values

    mutating func beginValue(at position: Position) { spare.begin(at: position) }
    mutating func appendToValue(_ bytes: UnsafeBufferPointer<UInt8>) { spare.append(bytes) }

    mutating func endValue(_ field: RecordField) throws(Refusal) {
        if let refusal = spare.overLimit { throw refusal }
        guard fields[field.rawValue].isPresent else { return swap(&fields[field.rawValue], &spare) }
        guard !fields[field.rawValue].saysTheSame(as: spare) else { return }
        report(
            .valueTwice, .record(field), at: spare.position,
            "\(field.name) is there twice in this record, with different values. Export again, or remove the wrong one."
        )
    }

    // MARK: Its embedded properties

    mutating func beginProperty(at position: Position) throws(Refusal) {
        propertyCount += 1
        if propertyCount > Limit.properties {
            throw Refusal(
                .xmlLimitProperties, at: position,
                "This item has more than 1,000 properties. No item of a site has: export the file again.")
        }
        for index in slots.indices { slots[index].clear() }
    }

    func isCaptured(_ slot: PropertySlot) -> Bool { slots[slot.rawValue].isPresent }
    mutating func beginSlot(_ slot: PropertySlot, at position: Position) { slots[slot.rawValue].begin(at: position) }
    mutating func setNull(_ slot: PropertySlot, at position: Position) { slots[slot.rawValue].setNull(at: position) }

    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, to slot: PropertySlot) {
        slots[slot.rawValue].append(bytes)
    }

    var propertyNamePosition: Position { slots[PropertySlot.name.rawValue].position }

    /// The bytes of the name of the property that ends; nil when it has none.
    var propertyName: [UInt8]? {
        let name = slots[PropertySlot.name.rawValue]
        return name.state == .text ? name.bytes : nil
    }

    /// Keeps the slot that holds the value of a wanted property.
    mutating func endProperty(_ property: ItemProperty) throws(Refusal) {
        let slot = property.slot.rawValue
        if let refusal = slots[slot].overLimit { throw refusal }
        if !slots[slot].isPresent { slots[slot].setNull(at: propertyNamePosition) }
        guard properties[property.rawValue].isPresent else {
            return swap(&properties[property.rawValue], &slots[slot])
        }
        guard !properties[property.rawValue].saysTheSame(as: slots[slot]) else { return }
        report(
            .valueTwice, .property(property), at: propertyNamePosition,
            "The property \(property.name) is there twice in this item, with different values. Export again, or remove the wrong one."
        )
    }
}
