/// What is worth a word about a flow as it comes out.
public enum FlowRules {
    /// A notice where a role reaches the internet straight from a computer whose Proxy tab has no proxy. Whether it should
    /// go through one, only the people of the site know.
    public static func finding(on flow: TrafficFlow) -> Finding? {
        guard flow.answer.route == .direct, flow.because.last == .proxyNone, let owner = flow.owner,
            owner == flow.from
        else { return nil }
        return Finding(
            code: .flowDirect, severity: FindingCode.flowDirect.severity(on: .stored), entity: .server,
            key: owner.text, field: .proxyUse, place: .form,
            message:
                "\(flow.id.title) goes straight from \(owner) to the internet: its Proxy tab has no proxy. Set one there if your network asks for it; otherwise there is nothing to do."
        )
    }
}
