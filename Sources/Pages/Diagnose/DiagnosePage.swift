import Domain
import Manual
import Templating

/// Reads lines of log files and says what they mean: the form, and the answer to it. Nothing of it is kept.
public struct DiagnosePage: Page {
    public static let template = "pages/diagnose"
    let readings: [LogReadout]
    let form: FormState
    let fileLimit: Int
    let textLimit: Int

    /// The control for pasted lines.
    public static let linesControl = "lines"
    /// The control for a file.
    public static let fileControl = "file"

    /// - Parameters:
    ///   - readings: what was read; empty before something was sent.
    ///   - form: what was sent and refused.
    ///   - fileLimit: the bytes a file may have.
    ///   - textLimit: the bytes pasted lines may have.
    public init(readings: [LogReadout] = [], form: FormState? = nil, fileLimit: Int, textLimit: Int) {
        self.readings = readings
        var form = form ?? FormState(revision: nil)
        form.controls = [Self.linesControl, Self.fileControl]
        self.form = form
        self.fileLimit = fileLimit
        self.textLimit = textLimit
    }

    public var frame: PageFrame {
        PageFrame(title: readings.isEmpty ? "Diagnose" : "What the log says", section: .diagnose, form: form)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.title] = .text(readings.isEmpty ? "Diagnose" : "What the log says")
        model[.hasReadings] = .flag(!readings.isEmpty)
        model[.readings] = .list(readings.map { $0.model(words) })
        model[.uploadLink] = .text(Route.diagnose.path)
        model[.value] = .text(form.typed[Self.linesControl] ?? "")
        model[.limit] = .text("\(fileLimit >> 20) MiB")
        model[.linesLimit] = .text("\(textLimit >> 20) MiB")
        model[.linesErrors] = words.errorList(form.errors(of: Self.linesControl))
        model[.hasLinesErrors] = .flag(!form.errors(of: Self.linesControl).isEmpty)
        model[.uploadErrors] = words.errorList(form.errors(of: Self.fileControl))
        model[.hasErrors] = .flag(!form.errors(of: Self.fileControl).isEmpty)
        model[.help] = .text("/manual/reference/log-files")
        model[.more] = .text("/manual/reference/log-signatures")
        model[.moreLink] = .text("/manual/reference/error-codes")
    }
}

/// What was read of one log, as the page shows it.
public struct LogReadout: Sendable {
    let title: String
    let facts: [Fact]
    let findings: [LogFinding]
    let log: LogFile?
    let proxies: [ProxyAddress]
    let servers: [HostName]
    let sites: [SiteCode]

    /// A word about what was read.
    public struct Fact: Sendable {
        let name: String
        let text: String

        public init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// - Parameters:
    ///   - title: the file's name, or that the lines were pasted.
    ///   - log: the log file it is; nil when that is not known.
    ///   - proxies: the proxies of the portal that the lines name, `servers` the servers and `sites` the sites.
    public init(
        title: String, facts: [Fact], findings: [LogFinding], log: LogFile?, proxies: [ProxyAddress],
        servers: [HostName], sites: [SiteCode]
    ) {
        self.title = title
        self.facts = facts
        self.findings = findings
        self.log = log
        self.proxies = proxies
        self.servers = servers
        self.sites = sites
    }

    func model(_ words: PageWords) -> TemplateModel {
        [
            .title: .text(title), .hasFindings: .flag(!findings.isEmpty),
            .facts: .list(facts.map { [.name: .text($0.name), .text: .text($0.text)] }),
            .findings: .list(findings.map { $0.model(words) }),
            .name: .optional(log?.name), .text: .optional(log?.shows),
            .link: .optional(log.map { words.manual.logs.link(for: $0) }),
            .proxies: .list(
                proxies.map { [.proxy: .text($0.text), .proxyLink: .text(Route.proxy($0.text).path)] }),
            .hasServers: .flag(!servers.isEmpty),
            .servers: .list(
                servers.map { [.server: .text($0.text), .link: .text(Route.server($0.text, .connections).path)] }),
            .sites: .list(sites.map { [.site: .text($0.text), .siteLink: .text(Route.site($0.text).path)] }),
        ]
    }
}

/// A line or a code that was met, with what it means for the servers of the portal.
public struct LogFinding: Sendable {
    let subject: Subject
    let count: Int
    let first: String?
    let last: String?
    let values: [String]
    let samples: [Sample]
    let flowIDs: [TrafficFlowID]
    let flows: [TrafficFlow]
    let servers: [HostName]

    /// What was met.
    public enum Subject: Sendable {
        case code(ErrorCode)
        case signature(LogSignature)
        case unlisted(UnlistedCode)
    }

    /// A line, as it can be shown.
    public struct Sample: Sendable {
        let line: Int
        let text: String
        let origin: String

        /// - Parameter origin: component and time, as far as the line tells.
        public init(line: Int, text: String, origin: String) {
            self.line = line
            self.text = text
            self.origin = origin
        }
    }

    /// - Parameters:
    ///   - first: when it was met first, and `last` when it was met last; nil where the lines do not say.
    ///   - values: what the lines carried.
    ///   - flowIDs: the traffic flows it concerns.
    ///   - flows: what those flows really use, at the servers that the text names.
    ///   - servers: the servers of the portal that the text names.
    public init(
        subject: Subject, count: Int, first: String?, last: String?, values: [String], samples: [Sample],
        flowIDs: [TrafficFlowID], flows: [TrafficFlow], servers: [HostName]
    ) {
        self.subject = subject
        self.count = count
        self.first = first
        self.last = last
        self.values = values
        self.samples = samples
        self.flowIDs = flowIDs
        self.flows = flows
        self.servers = servers
    }

    func model(_ words: PageWords) -> TemplateModel {
        let using = servers.compactMap(server)
        var model: TemplateModel = [
            .count: .text(count == 1 ? "Met once" : "Met \(count) times"), .time: .optional(times),
            .values: .list(values.map { [.text: .text($0)] }), .hasValues: .flag(!values.isEmpty),
            .flows: .list(flowIDs.map { [.title: .text($0.title), .link: .text(words.manual.link(for: $0))] }),
            .hasFlows: .flag(!flowIDs.isEmpty),
            .servers: .list(using), .hasServers: .flag(!using.isEmpty),
            .lines: .list(
                samples.map {
                    [.number: .text(String($0.line)), .text: .text($0.text), .origin: .text($0.origin)]
                }),
        ]
        switch subject {
        case .code(let code):
            model[.title] = .text(
                "\(code.status != nil && code.hresult == nil ? "HTTP \(code.status ?? 0)" : code.id): \(code.title)")
            model[.text] = .text(code.meaning)
            model[.help] = .text(words.manual.logs.link(for: code))
            model[.names] = .list(code.names.map { [.name: .text($0.interface), .text: .text($0.text)] })
            fill(&model, checks: code.checks, page: code.page)
        case .signature(let signature):
            model[.title] = .text(signature.title)
            model[.text] = .text(signature.meaning)
            model[.help] = .text(words.manual.logs.link(for: signature))
            model[.isHealthy] = .flag(signature.isHealthy)
            fill(&model, checks: signature.checks, page: signature.page)
        case .unlisted(let code):
            model[.title] = .text(code.title)
            model[.text] = .text(code.meaning)
            model[.help] = .text(words.manual.logs.link(for: code))
            fill(&model, checks: UnlistedCode.checks, page: nil)
        }
        return model
    }

    private func fill(_ model: inout TemplateModel, checks: [String], page: String?) {
        model[.checks] = .list(checks.map { [.text: .text($0)] })
        model[.hasChecks] = .flag(!checks.isEmpty)
        model[.moreLink] = .optional(page)
    }

    private var times: String? {
        guard let first, let last else { return first }
        return first == last ? first : "\(first) to \(last)"
    }

    /// What the flows of a finding use at a server; nil where it has none of them.
    private func server(_ name: HostName) -> TemplateModel? {
        let own = flows.filter { $0.owner == name || $0.from == name }
        if own.isEmpty { return nil }
        return [
            .server: .text(name.text), .link: .text(Route.server(name.text, .connections).path),
            .lines: .list(
                own.map { flow in
                    [
                        .title: .text(flow.id.title), .route: .text(flow.answer.words(from: flow.from)),
                        .link: .text(flow.link), .from: .text(flow.from?.text ?? "Not told"),
                    ]
                }),
        ]
    }
}
