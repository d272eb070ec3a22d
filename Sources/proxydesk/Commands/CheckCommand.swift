import ArgumentParser
import Domain
import Foundation
import Manual
import SQLiteStore
import ScriptExport
import Workflow

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Tells the findings on what is stored, and on content, Templates and Public.")

    @OptionGroup var shared: SharedFlags
    @Flag(name: .long, help: "Judge everything that is stored again first.") var rebuild = false
    @Option(name: .long, help: "text or json.") var format: ReportFormat = .text

    func run() async throws {
        let settings = try await shared.settings()
        let resources = try Resources.load(settings)
        let notices = resources.manual.notices(on: Wiring.today)
        let store = try Wiring.openStore(settings, mustExist: true)
        if rebuild { try store.rebuildDerived() }
        var findings: [Finding] = []
        findings = try store.read { reading in
            var all: [Finding] = []
            try reading.eachFinding { all.append($0) }
            return all
        }
        let output = OutputStream(descriptor: 1)
        switch format {
        case .json:
            var writer = JSONWriter()
            writer.object { writer in
                writer.key("findings")
                writer.array { writer in for finding in findings { writer.finding(finding) } }
                writer.key("content")
                writer.array { writer in for notice in notices { writer.notice(notice) } }
            }
            try output.write(writer.bytes)
            try output.write("\n".utf8)
        case .text:
            for finding in findings { try output.write((FindingText.line(finding) + "\n").utf8) }
            for notice in notices { try output.write("\(notice.file): notice: \(notice.message)\n".utf8) }
            try output.write((findings.isEmpty && notices.isEmpty ? "No findings.\n" : "").utf8)
        }
        try output.flush()
        if findings.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }
}

extension JSONWriter {
    fileprivate mutating func notice(_ notice: ContentNotice) {
        object { writer in
            writer.key("file")
            writer.value(notice.file)
            writer.key("severity")
            writer.value("notice")
            writer.key("message")
            writer.value(notice.message)
        }
    }
}
