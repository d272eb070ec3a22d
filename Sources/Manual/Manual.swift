import Domain

/// The documentation that drives the portal: hints for forms, explanations for findings, names of roles, pages to read.
///
/// Everything is read, rendered and held against `Domain` once, at start. Source: the folder `content/`.
public struct Manual: Sendable {
    /// All pages in reading order, for the index.
    public let pages: [ManualPage]
    /// The export scripts, the one for most sites first.
    public let exportScripts: [ExportScript]
    public let samples: SampleFiles
    let glossary: Glossary
    /// What is known of log files and the codes in them.
    public let logs: LogReference
    /// What the reference knows of internet endpoints and of ports between computers.
    public let network: NetworkFacts
    /// What people type into the search, and what the pages say instead.
    public let searchSynonyms: SearchSynonyms
    private let hints: [FieldKey: String]
    /// Put together once: a form asks for one for each of its fields.
    private let fieldLinks: [FieldKey: String]
    private let ruleLinks: [FindingCode: String]
    private let sentences: [FlowReason: String]
    private let displayNames: [RoleName: String]
    private let pagesByPath: [String: ManualPage]
    /// The addresses that pages had before, each with today's.
    public let movedPaths: [String: String]

    /// Reads and checks the folder.
    ///
    /// - Parameter edition: where the pages will be read; links to what is not there are taken out.
    /// - Throws: `ContentProblems` with every problem, not the first alone: a field, finding or role that is missing on
    ///   either side, a kind that differs from the code's, a link that leads nowhere, a front matter that lacks a key.
    public init(contentDirectory: String, edition: ManualEdition = .portal) throws {
        var content = ContentFolder(contentDirectory)
        let documentation = DocumentationPages(from: &content)
        let fields = FieldPages(from: &content)
        let rules = RulePages(from: &content)
        let roles = RoleTable(from: &content)
        let classifications = ClassificationTable(from: &content)
        let flows = FlowPages(from: &content)
        let versions = VersionTable(from: &content)
        let codes = ErrorCodeTable(from: &content)
        let logs = LogFileTable(from: &content)
        let signatures = LogSignatureTable(from: &content, codes: codes, logs: logs)
        let endpoints = EndpointTable(from: &content)
        let ports = PortTable(from: &content)
        RoleFlowCheck.check(&content)
        glossary = Glossary(from: &content)
        let tables = DomainTables(from: &content, explanations: rules.explanations)
        let scripts = ExportScripts(from: &content)
        samples = SampleFiles(from: &content)
        searchSynonyms = SearchSynonyms(from: &content)
        let composed = Self.inReadingOrder(
            documentation.pages + scripts.pages + roles.pages + classifications.pages + versions.pages + codes.pages
                + logs.pages + signatures.pages + endpoints.pages + ports.pages + tables.pages + glossary.pages
                + fields.pages + rules.pages + flows.pages)
        let linkCheck = LinkCheck(pages: composed)
        for page in composed + codes.linked + signatures.linked { linkCheck.check(page, &content) }
        movedPaths = MovedPages.read(composed, &content)
        for page in composed {
            for fault in MarkupCheck(page.body.html).faults { content.report(page.file, 1, fault) }
        }
        // A file that could not be read cites nothing, and is trouble enough.
        if content.problems.isEmpty { content.reportUncitedSources() }
        guard content.problems.isEmpty else { throw ContentProblems(content.problems) }

        let (backlinks, sources) = (Backlinks(composed), content.sources)
        pages = composed.map { $0.page(inbound: backlinks[$0.path], sources: sources, edition: edition) }
        exportScripts = scripts.scripts
        hints = fields.hints
        fieldLinks = Dictionary(
            uniqueKeysWithValues: FieldKey.allCases.map { ($0, FieldPages.link(of: $0)) })
        ruleLinks = Dictionary(
            uniqueKeysWithValues: FindingCode.allCases.map { ($0, RulePages.link(of: $0)) })
        self.logs = LogReference(codes, logs, signatures)
        sentences = flows.sentences
        displayNames = roles.displayNames
        network = NetworkFacts(
            endpoints: endpoints.endpoints, ports: ports.requirements, parties: ports.parties)
        pagesByPath = Dictionary(pages.map { ($0.path, $0) }) { first, _ in first }
    }

    private static func inReadingOrder(_ pages: [ComposedPage]) -> [ComposedPage] {
        ManualPage.Section.allCases.flatMap { section in pages.filter { $0.section == section } }
    }

    /// The sentence under the field's label.
    public func hint(for field: FieldKey) -> String { hints[field] ?? "" }

    /// Where the manual explains the field: `/manual/fields/proxy#proxy-server`.
    public func link(for field: FieldKey) -> String { fieldLinks[field] ?? FieldPages.path(of: field) }

    /// Where the manual explains the finding: `/manual/rules/proxy#proxy-port-range`.
    public func link(for code: FindingCode) -> String { ruleLinks[code] ?? RulePages.path(of: code) }

    /// Where the manual explains the flow: `/manual/reference/traffic-flows#service-connection`.
    public func link(for flow: TrafficFlowID) -> String { FlowPages.link(of: flow) }

    /// Where the manual has the endpoint: `/manual/reference/internet-endpoints#tenant-attach`.
    public func link(for endpoint: Endpoint) -> String { EndpointTable.path + "#" + endpoint.id.headingID }

    /// Where the manual has the ports of two kinds of computer: `/manual/reference/ports#client-to-management-point`.
    public func link(for ports: PortRequirement) -> String { PortTable.path + "#" + ports.id.headingID }

    /// What a rule that decided about a flow says.
    public func sentence(for reason: FlowReason) -> String { sentences[reason] ?? "" }

    /// Where the manual explains the rule: `/manual/flow-reasons/sup#sup-sync-opted-in`.
    public func link(for reason: FlowReason) -> String { FlowPages.path(of: reason) + "#" + reason.rawValue.headingID }

    /// The page at an address below `/manual`, without a fragment.
    public func page(at path: String) -> ManualPage? { pagesByPath[path] }

    /// Where a page is today that stood at this address before; nil when none did.
    public func movedPath(from path: String) -> String? { movedPaths[path] }

    /// The pages before and after one, in reading order.
    public func neighbours(of page: ManualPage) -> (previous: ManualPage?, next: ManualPage?) {
        guard let index = pages.firstIndex(where: { $0.path == page.path }) else { return (nil, nil) }
        return (index > 0 ? pages[index - 1] : nil, index + 1 < pages.count ? pages[index + 1] : nil)
    }

    /// What the console calls a role; the internal name where the portal knows no other.
    public func displayName(of role: RoleName) -> String { displayNames[role] ?? role.text }

    /// The addresses beside the manual that its pages may lead to.
    public static var portalAddresses: Set<String> { LinkCheck.portalAddresses }
}
