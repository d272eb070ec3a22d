/// The text that was sent for a field, and where.
public struct Sent: Sendable, Equatable {
    public let text: String
    public let place: Place

    public init(_ text: String, at place: Place = .form) {
        self.text = text
        self.place = place
    }
}

/// What was sent for some fields, before any rule has seen it. A field that is absent was not sent, which is not blank.
public struct Draft: Sendable, Equatable {
    public private(set) var entries: [Entry] = []

    public struct Entry: Sendable, Equatable {
        public let field: FieldKey
        public let sent: Sent
    }

    public init() {}

    /// - Parameter capacity: how many fields will be set.
    public init(capacity: Int) { entries.reserveCapacity(capacity) }

    public init(_ texts: KeyValuePairs<FieldKey, String>) {
        for (field, text) in texts { self[field] = Sent(text) }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// Adds a field that was not sent before: a reader that meets each once need not look for it.
    public mutating func append(_ field: FieldKey, _ sent: Sent) { entries.append(Entry(field: field, sent: sent)) }

    public subscript(field: FieldKey) -> Sent? {
        get {
            // By index: a copy of each entry looked at would count its texts' references.
            for index in entries.indices where entries[index].field == field { return entries[index].sent }
            return nil
        }
        set {
            entries.removeAll { $0.field == field }
            if let newValue { entries.append(Entry(field: field, sent: newValue)) }
        }
    }
}

// How a group reads its fields. Each keeps `base` when the field is absent, and reports what it cannot read.
extension Draft {
    func flag(_ field: FieldKey, base: Bool, _ judge: inout Judge) -> Bool {
        guard let sent = self[field] else { return base }
        switch sent.text {
        case "true", "1", "True", "TRUE": return true
        case "false", "0", "False", "FALSE": return false
        default:
            judge.find(
                .valueFlag, field, at: sent.place,
                "\(field.label) must be true or false. This one is \(sent.text.quoted).")
            return base
        }
    }

    func host(_ field: FieldKey, base: HostName?, _ judge: inout Judge) -> HostName? {
        optional(field, base: base, &judge) { HostName.check($0, label: field.label) }
    }

    func account(_ field: FieldKey, base: AccountName?, _ judge: inout Judge) -> AccountName? {
        optional(field, base: base, &judge) { AccountName.check($0, label: field.label) }
    }

    func displayText(_ field: FieldKey, base: DisplayText?, _ judge: inout Judge) -> DisplayText? {
        optional(field, base: base, &judge) { DisplayText.check($0, label: field.label) }
    }

    func port(_ field: FieldKey, base: Port, family: Port.Family, _ judge: inout Judge) -> Port {
        guard let sent = self[field] else { return base }
        let checked = Port.check(sent.text, label: field.label, family: family)
        judge.find(checked.problems, field, at: sent.place)
        return checked.value ?? base
    }

    /// The choice whose raw value was sent.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: FieldKey, base: Choice, _ judge: inout Judge
    ) -> Choice {
        guard let sent = self[field] else { return base }
        if let choice = Choice(rawValue: sent.text) { return choice }
        let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        judge.find(
            .valueChoice, field, at: sent.place,
            "\(field.label) must be one of \(all). This one is \(sent.text.quoted).")
        return base
    }

    /// A text a person may leave empty.
    ///
    /// A difference of case alone keeps the spelling that is stored (CONTRACTS 1): values compare that way.
    func optional<Value: Equatable>(
        _ field: FieldKey, base: Value?, _ judge: inout Judge, _ check: (String) -> Checked<Value>
    ) -> Value? {
        guard let sent = self[field] else { return base }
        if sent.text.isBlank { return nil }
        let checked = check(sent.text)
        judge.find(checked.problems, field, at: sent.place)
        return checked.value == base ? base : checked.value
    }
}
