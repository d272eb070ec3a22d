import Domain

/// Where readers send what they meet: adds the file to places, and remembers that the file was refused.
final class Report {
    private let file: String?
    private let tell: (ReadEvent) throws -> Void
    private(set) var isRefused = false
    var summary = ReadSummary()

    init(file: String?, tell: @escaping (ReadEvent) throws -> Void) {
        self.file = file
        self.tell = tell
    }

    func place(_ position: Position?) -> Place {
        Place(file: file, line: position?.line, column: position?.column)
    }

    func sent(_ text: String, at position: Position) -> Sent { Sent(text, at: place(position)) }

    func record(_ draft: RecordDraft) throws { try tell(.record(draft)) }

    /// Tells a finding with the weight its code has in an import.
    func finding(
        _ code: FindingCode, at position: Position?, entity: Entity? = nil, key: String? = nil, field: FieldKey? = nil,
        _ message: String
    ) throws {
        let finding = Finding(
            code: code, severity: code.severity(on: .fileImport), entity: entity, key: key, field: field,
            place: place(position), message: message)
        try tell(.finding(finding))
    }

    /// Tells why the file is refused; nothing is told after it.
    func refuse(_ refusal: Refusal) throws {
        guard !isRefused else { return }
        isRefused = true
        try finding(refusal.code, at: refusal.position, refusal.message)
    }
}
