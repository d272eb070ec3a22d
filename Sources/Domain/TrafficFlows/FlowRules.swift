/// What is worth a word about a flow as it comes out.
public enum FlowRules {
    /// A notice where a role reaches the internet straight from a computer whose Proxy tab has no proxy. Whether it should
    /// go through one, only the people of the site know.
    public static func finding(on flow: TrafficFlow) -> Finding? {
        // An Exchange Server can stand in the own network.
        guard flow.answer.route == .direct, flow.because.last == .proxyNone, flow.id != .exchangeConnector,
            let computer = flow.from
        else { return nil }
        let whose = flow.owner == computer ? "" : " of \(flow.owner?.text ?? "site \(flow.site)")"
        return Finding(
            code: .flowDirect, severity: FindingCode.flowDirect.severity(on: .stored), entity: .server,
            key: computer.text, field: .proxyUse, place: .form,
            message:
                "\(flow.id.title)\(whose) goes straight from \(computer) to the internet: its Proxy tab has no proxy. Set one there if your network asks for it; otherwise there is nothing to do."
        )
    }
}
