import ArgumentParser
import Domain
import Foundation
import SQLiteStore
import ScriptExport
import Workflow

/// How a command reports.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows what is kept of one site system server.")

    @OptionGroup var shared: SharedFlags
    @Option(name: .long, help: "text or json.") var format: ReportFormat = .text
    @Argument(help: "The server's name.") var server: String

    func run() async throws {
        let store = try Wiring.openStore(await shared.settings(), mustExist: true)
        guard let name = HostName.check(server, label: "The server's name").value else {
            throw ValidationError("\(server) is not the name of a server.")
        }
        let found = try store.read { reading in
            try reading.server(name).map {
                ($0, try reading.flows(of: name), try reading.findings(.server, key: name.folded))
            }
        }
        guard let (record, flows, findings) = found else {
            FileHandle.standardError.write(
                Data(
                    "proxydesk: The portal has no site system server \(server). proxydesk export lists them all.\n".utf8
                ))
            throw ExitCode(1)
        }
        let output = OutputStream(descriptor: 1)
        switch format {
        case .json:
            var writer = JSONWriter()
            writer.server(record, flows: flows, findings: findings)
            try output.write(writer.bytes)
            try output.write("\n".utf8)
        case .text: try output.write(ServerText.lines(record, flows, findings).joined(separator: "\n").utf8)
        }
        try output.flush()
    }
}
