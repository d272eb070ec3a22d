import Domain

extension [Finding] {
    /// The same in the words of a wizard: proxy options without a proxy are told once, with the wizard's own pages.
    func inWords(of view: WizardView) -> [Finding] {
        let options = filter { $0.code == .supProxyUnavailable }
        // A software update point that stood before is mended on its tab, which the rule's own sentence names.
        guard let first = options.first, view.plan.steps.contains(.proxyAndAccounts) else { return self }
        let labels = options.compactMap { $0.field.map { "“\($0.label)”" } }.joined(separator: " and ")
        let merged = Finding(
            code: first.code, severity: options.map(\.severity).max() ?? first.severity, entity: first.entity,
            key: first.key, field: first.field, place: first.place,
            message:
                "The software update point on \(view.name) is told to use a proxy (\(labels)), but the server has none. "
                + "Set a proxy on \(WizardStep.proxy.title), or turn \(options.count == 1 ? "the option" : "both options") off on "
                + "\(WizardStep.proxyAndAccounts.title).")
        return compactMap { $0.code != .supProxyUnavailable ? $0 : $0 == first ? merged : nil }
    }
}
