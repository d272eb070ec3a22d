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
        let limit = settings.logLimit + settings.bodyLimit
        let opened = OpenDiagnosis(patterns, textLimit: settings.bodyLimit, limit: limit)
        do {
            // Its own limit comes later than the head: what was pasted is read before, so that it can be given back.
            let upload = try Upload(visit, settings, limit: .max)
            if let announced = upload.announced, announced > limit { await opened.refuseFile() }
            try await upload.read(into: opened)
        } catch let refusal as Refusal where refusal.status == .contentTooLarge {
            if await opened.isTooLong { return try await refuseLines(opened).closing(refusal.status) }
            let message =
                "A file must be \(settings.logLimit >> 20) MiB or less here. Read it on the command line, which has no limit: proxydesk diagnose FILE."
            return try await refuse(.diagnoseFile, DiagnosePage.fileControl, message, opened).closing(refusal.status)
        } catch let refusal as Refusal where refusal.status == .unsupportedMediaType {
            let message =
                "What came is no form with lines or a file (multipart/form-data). Paste the lines here, or read the file on the command line: proxydesk diagnose FILE."
            return try await refuse(.diagnoseFormat, DiagnosePage.linesControl, message, opened).closing(refusal.status)
        }
        if await opened.isTooLong { return try await refuseLines(opened) }
        let found = [await opened.readPasted(), await opened.file].compactMap { $0 }
        if found.isEmpty {
            let message = "Paste lines of a log file, or select a file that is not empty."
            return try await refuse(.diagnoseNothing, DiagnosePage.linesControl, message, opened)
        }
        return try page(diagnosePage(try found.map(readout)))
    }

    private func refuseLines(_ opened: OpenDiagnosis) async throws -> Answer {
        let message =
            "Lines of a log file must be \(settings.bodyLimit >> 20) MiB or less. Choose the file instead, or read it on the command line: proxydesk diagnose FILE."
        return try await refuse(.diagnoseLong, DiagnosePage.linesControl, message, opened)
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
            let servers = try Self.servers(named: diagnosis, reading)
            var flows: [TrafficFlow] = []
            for server in servers.prefix(Self.mostServers) {
                flows += try reading.flows(of: server)
                flows += try reading.flows(carriedOutBy: server, limit: Self.mostCarried)
            }
            let hosts = Set((diagnosis.hosts + diagnosis.shortNames).map { $0.lowercased() })
            let proxies = try reading.proxyAddresses(after: nil, limit: Self.mostProxies)
                .map(\.proxy).filter { hosts.contains($0.server.canonical.lowercased()) }
            let sites = try diagnosis.sites.compactMap { try SiteCode.check($0).value.flatMap(reading.site)?.site.code }
            return LogReadout(
                title: diagnosis.fileName ?? "Pasted lines", facts: Self.facts(diagnosis),
                findings: diagnosis.findings.map { $0.view(servers: servers, flows: flows) }, log: diagnosis.log,
                proxies: proxies, servers: servers, sites: sites)
        }
    }

    /// The servers of the portal that lines name: by their name, or by its first word where one server alone has it.
    private static func servers(
        named diagnosis: LogDiagnosis, _ reading: any ConfigurationReading
    ) throws -> [HostName] {
        var servers: [HostName] = []
        for text in diagnosis.hosts + diagnosis.shortNames {
            guard let name = HostName.check(text, label: "").value else { continue }
            let others = name.isShort ? try reading.serversLike(name) : []
            let found = [try reading.server(name)?.name].compactMap { $0 } + others
            if let server = found.first, found.count == 1, !servers.contains(server) { servers.append(server) }
        }
        return servers
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

extension Answer {
    /// The same with another status, after which the connection ends: what is still to come of the form is of no use.
    fileprivate func closing(_ status: HTTPResponse.Status) -> Answer {
        var answer = self
        answer.status = status
        answer.closesConnection = true
        return answer
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

    /// Lines that tell of a failure, then codes, those of the manual first, then lines that tell that all is well.
    fileprivate var findings: [Met] {
        let lines = signatures.map { found in
            Met(
                subject: .signature(found.signature), sightings: found.sightings, values: found.values,
                flows: found.flows)
        }
        let numbers = codes.map { found in
            Met(subject: .code(found.code), sightings: found.sightings, values: found.values, flows: found.flows)
        }
        let others = unlisted.map { found in
            Met(subject: .unlisted(found.code), sightings: found.sightings, values: [], flows: found.flows)
        }
        let healthy = Set(signatures.filter(\.signature.isHealthy).map(\.signature.id))
        func isHealthy(_ met: Met) -> Bool {
            if case .signature(let signature) = met.subject { healthy.contains(signature.id) } else { false }
        }
        return lines.filter { !isHealthy($0) } + numbers + others + lines.filter(isHealthy)
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
