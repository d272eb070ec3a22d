import ArgumentParser
import Domain
import Foundation
import SQLiteStore
import ScriptExport
import Web
import Workflow
import XMLExchange

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Prints the intended configuration, or a script that brings the site to it.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case xml, json, csv, powershell, dsc
    }

    @OptionGroup var shared: SharedFlags
    @Option(
        name: .long,
        help: "xml (ProxyDesk's own, to import again), json, csv, powershell (what is pending, as a script) or dsc.")
    var format: Format = .xml
    @Option(name: .long, help: "Only this site and its servers.") var site: String?
    @Option(name: .long, help: "Only this server.") var server: String?
    @Option(name: .long, help: "With powershell: only what this change set changed.") var changeSet: Int?
    @Flag(name: .long, help: "With powershell: takes the site back instead.") var back = false
    @Flag(name: .long, help: "With powershell: writes also what no export has shown.") var includeNeverObserved = false
    @Option(name: .long, help: "The file to write; standard output without it.") var output: String?

    func validate() throws {
        let asked = [
            changeSet == nil ? nil : "--change-set", back ? "--back" : nil,
            includeNeverObserved ? "--include-never-observed" : nil,
        ].compactMap { $0 }
        if format != .powershell, let option = asked.first {
            throw ValidationError(
                "\(option) is for --format powershell alone: a script has a direction, a \(format) export has not.")
        }
        if let changeSet {
            if changeSet < 1 { throw ValidationError("\(changeSet) is not the number of a change set.") }
            if site != nil || server != nil {
                throw ValidationError("A change set is taken as a whole: leave --site and --server out.")
            }
        }
    }

    func run() async throws {
        let selection = try Selection(site: site, server: server)
        let store = try Wiring.openStore(await shared.settings(), mustExist: true)
        try store.read { reading in
            let export = ConfigurationExport(reading: reading, site: selection.site, server: selection.server)
            let scripts = ScriptReading(reading, now: Wiring.clock())
            if let sentence = try export.nothingSelected() ?? scripts.missing(scope(selection)) {
                throw refused(sentence)
            }
            do {
                try write(export, scripts, scope(selection))
            } catch let refusal as ScriptRefusal { throw refused(refusal.description) }
        }
    }

    private func refused(_ sentence: String) -> ExitCode {
        FileHandle.standardError.write(Data("proxydesk: \(sentence)\n".utf8))
        return ExitCode(1)
    }

    private func scope(_ selection: Selection) -> ScriptSelection.Scope {
        if let changeSet { return .changeSet(changeSet) }
        return selection.server.map(ScriptSelection.Scope.server) ?? selection.site.map(ScriptSelection.Scope.site)
            ?? .hierarchy
    }

    /// Writes to standard output, or to a file that is there as a whole or not at all.
    private func write(
        _ export: ConfigurationExport, _ scripts: ScriptReading, _ scope: ScriptSelection.Scope
    ) throws {
        let part = output.map { $0 + ".part" }
        let descriptor = try part.map(Self.create) ?? 1
        let stream = OutputStream(descriptor: descriptor)
        do {
            try write(export, scripts, scope, to: stream)
        } catch {
            if let part { unlink(part) }
            throw error
        }
        try stream.flush()
        guard let part, let output else { return }
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(part, output) == 0 else {
            throw ProgramFailure.storage(cause: "\(output) cannot be written")
        }
    }

    private func write(
        _ export: ConfigurationExport, _ scripts: ScriptReading, _ scope: ScriptSelection.Scope, to stream: OutputStream
    ) throws {
        switch format {
        case .xml: try export.xml { try stream.write($0) }
        case .json: try export.json { try stream.write($0) }
        case .csv: try scripts.csv(scope) { try stream.write($0) }
        case .dsc: try scripts.dsc(scope) { try stream.write($0) }
        case .powershell:
            let selection = ScriptSelection(
                scope: scope, takesBack: back, includesNeverObserved: includeNeverObserved)
            try scripts.script(selection) { try stream.write($0) }
        }
    }

    private static func create(_ path: String) throws -> Int32 {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ProgramFailure.storage(cause: "\(path) cannot be written") }
        return descriptor
    }

    private struct Selection {
        let site: SiteCode?
        let server: HostName?

        init(site: String?, server: String?) throws {
            self.site = try site.map { text in
                guard let code = SiteCode.check(text).value else {
                    throw ValidationError("\(text) is not a site code.")
                }
                return code
            }
            self.server = try server.map { text in
                guard let name = HostName.check(text, label: "").value else {
                    throw ValidationError("\(text) is not the name of a server.")
                }
                return name
            }
        }
    }
}

/// The configuration, or a part of it, written out in one consistent state.
struct ConfigurationExport {
    let reading: any ConfigurationReading
    var site: SiteCode?
    var server: HostName?

    func xml(_ write: ([UInt8]) throws -> Void) throws {
        try withoutActuallyEscaping(write) { write in
            var writer = ConfigurationWriter { try write(Array($0)) }
            try writer.begin()
            for site in try sites() { try writer.site(site) }
            for component in try components() { try writer.component(component) }
            try eachServer { try writer.server($0) }
            try writer.end()
        }
    }

    func json(_ write: ([UInt8]) throws -> Void) throws {
        var findings: [String: [Finding]] = [:]
        var componentFindings: [SiteCode: [Finding]] = [:]
        try reading.eachFinding { finding in
            guard let key = finding.key else { return }
            if finding.entity == .server { findings[key.asciiFolded, default: []].append(finding) }
            if finding.entity == .component, let site = SiteCode.check(key).value {
                componentFindings[site, default: []].append(finding)
            }
        }
        try withoutActuallyEscaping(write) { write in
            var writer = ConfigurationJSON(write)
            try writer.begin(sites: sites(), components: components(), findings: componentFindings)
            try eachServerWithFlows { record, flows in
                try writer.server(record, flows: flows, findings: findings[record.name.folded] ?? [])
            }
            try writer.end()
        }
    }

    /// Why there is nothing to write, when what was asked for is not there.
    func nothingSelected() throws -> String? {
        if let site, try reading.site(site) == nil {
            return "The portal has no site \(site). proxydesk export lists them all."
        }
        guard let server else { return nil }
        guard let record = try reading.server(server) else {
            return "The portal has no site system server \(server). proxydesk export lists them all."
        }
        guard let site, record.site != site else { return nil }
        return "\(record.name) is at site \(record.site), not at \(site). Leave --site out."
    }

    /// The sites that are asked for: of one server, the one it belongs to.
    private func sites() throws -> [Site] {
        let wanted = try server.flatMap { try reading.server($0)?.site } ?? site
        return try reading.sites().map(\.site).filter { wanted == nil || $0.code == wanted }
    }

    /// The components that are asked for: one server has none.
    private func components() throws -> [ComponentRecord] {
        guard server == nil else { return [] }
        return try reading.components().filter { site == nil || $0.site == site }
    }

    private func eachServer(_ body: (ServerRecord) throws -> Void) throws {
        guard let server else { return try reading.eachServer(site: site, body) }
        if let record = try reading.server(server) { try body(record) }
    }

    private func eachServerWithFlows(_ body: (ServerRecord, [TrafficFlow]) throws -> Void) throws {
        guard let server else { return try reading.eachServerWithFlows(site: site, body) }
        if let record = try reading.server(server) { try body(record, try reading.flows(of: server)) }
    }
}
