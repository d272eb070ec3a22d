import ArgumentParser
import Domain
import Foundation
import SQLiteStore
import Workflow

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Brings a site's export, or ProxyDesk's own XML, into the portal.")

    @OptionGroup var shared: SharedFlags
    @Argument(help: "The files; several are one import.") var files: [String]
    @Flag(name: .long, help: "Say what the import would do, and stop there.") var preview = false
    @Option(name: .long, help: "Why, for the history.") var reason: String?
    @Option(name: .long, help: "The site of records that name none.") var site: String?
    @Flag(name: .long, help: "Leave out what has an error, and import the rest.") var leaveOutRefused = false
    @Flag(name: .long, help: "Take the site's values also where a change made here is not applied yet.") var takeOver =
        false
    @Flag(name: .long, help: "Remove servers and roles of the covered sites that the files lack.") var removeMissing =
        false
    @Flag(name: .long, help: "Accept signs that the file is of another hierarchy.") var otherHierarchy = false
    @Option(name: .long, help: "text or json.") var format: ReportFormat = .text

    func run() async throws {
        let settings = try await shared.settings()
        try checkArguments()
        let store = try Wiring.openStore(settings)
        let run = FileImport(
            store: store, options: try options(), reason: reason, printsTimings: settings.printsTimings)
        let (report, staging) = try run.run(files: files, previewOnly: preview)
        defer { staging.discard() }
        let output = OutputStream(descriptor: 1)
        switch format {
        case .json: try ImportReportJSON(report: report, staging: staging).write { try output.write($0) }
        case .text: try ImportReportText(report: report, staging: staging).write { try output.write($0.utf8) }
        }
        try output.flush()
        let hasErrors = (report.findingCounts[.error] ?? 0) > 0
        if report.outcome == .rejected || (preview && hasErrors) { throw ExitCode(1) }
    }

    /// What can be said before anything is made or read.
    private func checkArguments() throws {
        for file in files {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue,
                FileManager.default.isReadableFile(atPath: file)
            else { throw ValidationError("\(file) is not a file that can be read. Check the name.") }
        }
        if let reason, let problem = DisplayText.check(reason, label: "The reason").problems.first {
            throw ValidationError(problem.message)
        }
    }

    private func options() throws -> ImportOptions {
        var options = ImportOptions()
        options.leaveOutRefused = leaveOutRefused
        options.takeOver = takeOver
        options.removeMissing = removeMissing
        options.otherHierarchy = otherHierarchy
        if let site {
            guard let code = SiteCode.check(site).value else { throw ValidationError("\(site) is not a site code.") }
            options.site = code
        }
        return options
    }
}
