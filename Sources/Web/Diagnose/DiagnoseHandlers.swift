import Domain
import HTTPTypes
import LogReading
import Pages
import Workflow

// Diagnose: lines of log files, explained. Nothing that is sent is stored or logged.
extension Portal {
    func diagnosePage(_ readings: [LogReadout] = [], form: FormState? = nil) -> DiagnosePage {
        DiagnosePage(
            readings: readings, form: form, fileLimit: settings.logLimit, textLimit: settings.bodyLimit)
    }

    func diagnose(_ visit: Visit) async throws -> Answer {
        let upload = try Upload(visit, settings, limit: settings.logLimit + settings.bodyLimit)
        let opened = OpenDiagnosis(patterns, textLimit: settings.bodyLimit)
        try await upload.read(into: opened)
        if await opened.isTooLong {
            let message =
                "Lines of a log file must be \(settings.bodyLimit >> 20) MiB or less. Choose the file instead."
            return try await refuse(.diagnoseLong, DiagnosePage.linesControl, message, opened)
        }
        let found = [await opened.readPasted(), await opened.file].compactMap { $0 }
        if found.isEmpty {
            let message = "Paste lines of a log file, or select a file that is not empty."
            return try await refuse(.diagnoseNothing, DiagnosePage.linesControl, message, opened)
        }
        return try page(diagnosePage(try found.map(readout)))
    }

    private func refuse(
        _ code: FindingCode, _ control: String, _ message: String, _ opened: OpenDiagnosis
    ) async throws -> Answer {
        let finding = Finding(code: code, severity: .error, message: message)
        let form = FormState(
            revision: nil, typed: [DiagnosePage.linesControl: await opened.pasted],
            problems: [FormProblem(finding, control: control)])
        var answer = try page(diagnosePage(form: form))
        answer.status = .unprocessableContent
        return answer
    }

    /// What a page shows of a log, with what the portal knows of the computers that it names.
    private func readout(_ diagnosis: LogDiagnosis) throws -> LogReadout {
        try store.read { reading in
            let named = diagnosis.hosts.compactMap { HostName.check($0, label: "").value }
            let servers = try named.compactMap { try reading.server($0)?.name }
            var flows: [TrafficFlow] = []
            for server in servers.prefix(Self.mostServers) {
                flows += try reading.flows(of: server)
                flows += try reading.flows(carriedOutBy: server, limit: Self.mostCarried)
            }
            let hosts = Set(diagnosis.hosts.map { $0.lowercased() })
            let proxies = try reading.proxyAddresses(after: nil, limit: Self.mostProxies)
                .map(\.proxy).filter { hosts.contains($0.server.canonical.lowercased()) }
            return LogReadout(
                title: diagnosis.fileName ?? "Pasted lines", facts: Self.facts(diagnosis),
                findings: diagnosis.findings.map { $0.view(servers: servers, flows: flows) }, log: diagnosis.log,
                proxies: proxies)
        }
    }

    /// How many of the computers that lines name are looked at.
    private static let mostServers = 10
    private static let mostCarried = 50
    private static let mostProxies = 500

    private static func facts(_ diagnosis: LogDiagnosis) -> [LogReadout.Fact] {
        var facts = [
            LogReadout.Fact(
                "Read", "\(diagnosis.lines) line\(diagnosis.lines == 1 ? "" : "s"), \(diagnosis.bytes) bytes"),
            LogReadout.Fact("Form", "\(diagnosis.format.title), in \(diagnosis.encoding.rawValue)"),
        ]
        if diagnosis.cutLines > 0 {
            facts.append(
                LogReadout.Fact(
                    "Cut",
                    "\(diagnosis.cutLines) line\(diagnosis.cutLines == 1 ? " was" : "s were") longer than 64 KiB; what they hold was looked for in pieces"
                ))
        }
        return facts
    }
}

extension LogDiagnosis {
    /// A line or a code, with where it was met.
    fileprivate struct Met {
        let subject: LogFinding.Subject
        let sightings: LogSightings
        let values: [String]
        let flows: [TrafficFlowID]

        func view(servers: [HostName], flows all: [TrafficFlow]) -> LogFinding {
            let concerned = all.filter { flows.contains($0.id) }
            return LogFinding(
                subject: subject, count: sightings.count, first: sightings.first?.words, last: sightings.last?.words,
                values: values, samples: sightings.samples.map(LogFinding.Sample.init), flowIDs: flows,
                flows: concerned,
                servers: servers)
        }
    }

    /// Lines that tell of a failure, then codes, then lines that tell that all is well.
    fileprivate var findings: [Met] {
        let lines = signatures.map { found in
            Met(
                subject: .signature(found.signature), sightings: found.sightings, values: found.values,
                flows: found.signature.flow.map { [$0] } ?? [])
        }
        let numbers = codes.map { found in
            Met(subject: .code(found.code), sightings: found.sightings, values: [], flows: found.flows)
        }
        let healthy = Set(signatures.filter(\.signature.isHealthy).map(\.signature.id))
        func isHealthy(_ met: Met) -> Bool {
            if case .signature(let signature) = met.subject { healthy.contains(signature.id) } else { false }
        }
        return lines.filter { !isHealthy($0) } + numbers + lines.filter(isHealthy)
    }
}

extension LogFinding.Sample {
    fileprivate init(_ sample: LogSample) {
        let origin = [sample.component, sample.time?.words].compactMap { $0 }
        self.init(
            line: sample.line, text: sample.text, origin: origin.isEmpty ? "" : ", " + origin.joined(separator: ", "))
    }
}

extension LogTime {
    /// `2020-02-08 02:13:11 UTC-8`
    fileprivate var words: String { zone.map { "\(text) \($0)" } ?? text }
}
