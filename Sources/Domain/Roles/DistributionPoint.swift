/// What the portal keeps of a distribution point: whether Microsoft Connected Cache runs on it, which can use a proxy.
///
/// Source: Microsoft Learn, "Microsoft Connected Cache with Configuration Manager". No property of an export is known to
/// tell it, so it is told here or by our own XML.
public struct DistributionPoint: FieldGroup {
    public let connectedCache: Bool

    public static let fields: [Field] = [
        Field(
            .dpConnectedCache, "Enable this distribution point to be used as Microsoft Connected Cache server",
            .checkBox)
    ]

    public func value(_ key: FieldKey) -> FieldValue { key == .dpConnectedCache ? .flag(connectedCache) : .nothing }

    public static func check(_ draft: Draft, base: DistributionPoint?, _ judge: inout Judge) -> DistributionPoint? {
        if draft[.dpConnectedCache]?.text.isBlank ?? (base == nil) { return nil }
        let start = judge.findings.count
        let isOn = draft.flag(.dpConnectedCache, base: base?.connectedCache ?? false, &judge)
        return judge.refused(since: start) ? nil : DistributionPoint(connectedCache: isOn)
    }

    public var doubts: [(field: FieldKey, problem: Problem)] { [] }
}
