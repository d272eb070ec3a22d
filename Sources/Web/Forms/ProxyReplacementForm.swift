import Domain
import Pages
import Workflow

/// Both steps of replacing a proxy as they are sent: which servers, the new values, and which button was pressed.
struct ProxyReplacementForm {
    private(set) var reading: FormReading
    let proxy: ProxyAddress?
    /// What is wrong with the choice of servers.
    private(set) var problems: [FormProblem] = []
    /// Servers the preview has left out already, or that were typed.
    let leftOut: Set<HostName>
    /// Servers that were ticked on the preview that was sent.
    let ticked: Set<HostName>
    private let identity: ConnectionIdentity?
    private let sites: Set<SiteCode>

    private typealias Control = ReplaceProxyControl

    /// Some 500 names of the usual length.
    private static let longestList = 20_000

    init(_ body: FormBody) {
        let names = Set(body.pairs.map(\.name))
        let boxes = names.filter { Self.site(ofBox: $0) != nil || Self.server(ofBox: $0) != nil }
        reading = FormReading(
            body,
            FormReading.Form(
                fields: Control.fields.map(FieldCatalogue.field), hasRevision: false,
                boxes: boxes.union([Control.keepAccounts]), buttons: [Control.preview, Control.edit],
                texts: [
                    (Control.proxy, "The proxy", 300), (Control.account, "The account", 300),
                    (Control.contains, "Name contains", 255), (Control.sites, "The sites", 4000),
                    (Control.leaveOut, "The list of servers", Self.longestList), (Control.basis, "The preview", 50),
                ]))
        let typed = reading.typed
        proxy = typed[Control.proxy].flatMap { ProxyAddress($0) }
        identity = typed[Control.account].flatMap { ConnectionIdentity(choice: $0) }
        let carriedSites = (typed[Control.sites] ?? "").names.compactMap { SiteCode.check($0).value }
        sites = Set(boxes.filter { typed[$0] == "true" }.compactMap { Self.site(ofBox: $0) } + carriedSites)
        let listed = (typed[Control.leaveOut] ?? "").names.map { ($0, HostName.check($0, label: "A name here")) }
        leftOut = Set(listed.compactMap { $0.1.value })
        ticked = Set(boxes.filter { typed[$0] == "true" }.compactMap { Self.server(ofBox: $0) })
        findProblems(listed.flatMap(\.1.problems))
    }

    private static func site(ofBox name: String) -> SiteCode? {
        guard name.hasPrefix(Control.sitePrefix) else { return nil }
        return SiteCode.check(String(name.dropFirst(Control.sitePrefix.count))).value
    }

    private static func server(ofBox name: String) -> HostName? {
        guard name.hasPrefix(Control.leaveOutPrefix) else { return nil }
        return HostName.check(String(name.dropFirst(Control.leaveOutPrefix.count)), label: "").value
    }

    private mutating func findProblems(_ names: [Problem]) {
        for problem in names.prefix(5) { find(problem.code, Control.leaveOut, problem.message) }
        if let choice = reading.typed[Control.account], !choice.isEmpty, identity == nil {
            find(
                .formControlUnknown, Control.account, "The list does not offer this account. Choose one of its entries."
            )
        }
    }

    private mutating func find(_ code: FindingCode, _ control: String?, _ message: String) {
        problems.append(
            FormProblem(Finding(code: code, severity: code.severity(on: .edit), message: message), control: control))
    }

    // MARK: - What was asked

    var asksToEdit: Bool { reading.typed[Control.edit] != nil }
    var asksForPreview: Bool { reading.typed[Control.preview] != nil }
    var basis: PreviewBasis? { reading.typed[Control.basis].flatMap { PreviewBasis($0) } }
    var isReadable: Bool { reading.problems.isEmpty && problems.isEmpty }

    private var keepsAccounts: Bool { reading.typed[Control.keepAccounts] == "true" }

    func replacement(of proxy: ProxyAddress) -> ProxyReplacement {
        var draft = reading.draft(Control.fields.map(FieldCatalogue.field))
        if keepsAccounts {
            draft[.proxyUseCredentials] = nil
            draft[.proxyAccount] = nil
        }
        var replacement = ProxyReplacement(
            selection: ProxySelection(
                ProxyUsers(of: proxy, as: identity), sites: sites, text: reading.typed[Control.contains] ?? ""),
            excluded: leftOut, draft: draft, basis: basis)
        replacement.alsoExcluded = ticked.subtracting(leftOut)
        return replacement
    }

    // MARK: - What the next page shows

    /// Names that were typed and are not among the servers.
    mutating func findStrangers(_ strangers: [HostName]) {
        for name in strangers where leftOut.contains(name) {
            find(
                .proxyReplaceStranger, Control.leaveOut,
                "\(name) is not among these servers. Correct the name, or take it out of the list.")
        }
    }

    /// The first step as it was typed, with what was ticked since.
    func state(_ findings: [Finding] = []) -> FormState {
        var state = reading.state(revision: nil, findings)
        state.problems += problems
        state.typed[Control.leaveOut] = (leftOut.union(ticked)).sorted { $0.folded < $1.folded }.map(\.text)
            .joined(separator: "\n")
        if problems.contains(where: { $0.control == Control.leaveOut }) {
            state.typed[Control.leaveOut] = reading.typed[Control.leaveOut]
        }
        for site in sites { state.typed[Control.sitePrefix + site.text] = "true" }
        return state
    }

    /// Everything a preview sends again.
    func carried(basis: PreviewBasis) -> [(name: String, value: String)] {
        let names = leftOut.union(ticked).sorted { $0.folded < $1.folded }.map(\.text)
        var pairs = ([Control.proxy, Control.account, Control.contains] + Control.fields.map(\.rawValue)).compactMap {
            name in reading.typed[name].map { (name: name, value: $0) }
        }
        pairs.append((Control.sites, sites.sorted().map(\.text).joined(separator: " ")))
        pairs.append((Control.leaveOut, names.joined(separator: " ")))
        pairs.append((Control.keepAccounts, keepsAccounts ? "true" : "false"))
        pairs.append((Control.basis, basis.text))
        return pairs
    }

    /// The choice of servers and the new values in words.
    var choices: [(label: String, value: String)] {
        let typed = reading.typed
        let credentials = typed[FieldKey.proxyUseCredentials.rawValue] == "true"
        let account = credentials ? typed[FieldKey.proxyAccount.rawValue] ?? "" : "System account"
        let part = typed[Control.contains] ?? ""
        var choices = [
            ("New proxy server name", typed[FieldKey.proxyServer.rawValue] ?? "As it is"),
            ("New port", typed[FieldKey.proxyPort.rawValue] ?? "As it is"),
            ("New account", keepsAccounts ? "Each server keeps its own" : account),
            ("Servers that sign in as", identity.map { $0.account?.text ?? "System account" } ?? "Any account"),
            ("Of sites", sites.isEmpty ? "All" : sites.sorted().map(\.text).joined(separator: ", ")),
        ]
        if !part.isEmpty { choices.append(("Name contains", part)) }
        return choices.map { (label: $0.0, value: $0.1) }
    }
}

extension String {
    /// Names by line, and also by comma or blank: a list may come from anywhere.
    fileprivate var names: [String] { split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init) }
}
