/// What is set on the service connection point: whether it reaches Microsoft by itself.
///
/// Source: property `OfflineMode` of the role item, 0 online, 1 offline; Microsoft Learn, "About the service connection point".
public struct ServiceConnectionPoint: FieldGroup {
    public let mode: Mode

    public enum Mode: String, Sendable, CaseIterable {
        case online, offline
    }

    public static let fields: [Field] = [
        Field(
            .scpMode, "Service connection point mode",
            .choice([
                FieldChoice(value: "online", label: "Online, persistent connection"),
                FieldChoice(value: "offline", label: "Offline, on-demand connection"),
            ]))
    ]

    public func value(_ key: FieldKey) -> FieldValue { key == .scpMode ? .text(mode.rawValue) : .nothing }

    public static func check(
        _ draft: Draft, base: ServiceConnectionPoint?, _ judge: inout Judge
    ) -> ServiceConnectionPoint? {
        if base == nil, draft[.scpMode] == nil { return nil }
        let start = judge.findings.count
        let mode = draft.choice(.scpMode, base: base?.mode ?? .online, &judge)
        return judge.refused(since: start) ? nil : ServiceConnectionPoint(mode: mode)
    }

    public var doubts: [(field: FieldKey, problem: Problem)] { [] }
}
