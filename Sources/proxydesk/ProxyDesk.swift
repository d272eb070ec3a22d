import ArgumentParser
import Foundation
import Pages
import Workflow

/// The program: a portal, and the commands beside it.
@main
struct ProxyDesk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proxydesk",
        abstract: "Keeps the proxy configuration of Configuration Manager's site system servers.",
        version: ProgramVersion.text,
        subcommands: [
            ServeCommand.self, ImportCommand.self, ExportCommand.self, ShowCommand.self, CheckCommand.self,
            DiagnoseCommand.self, DocsCommand.self, MigrateCommand.self,
        ])

    static func main() async {
        // Whatever the caller's umask: data belongs to its owner alone.
        umask(0o077)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as ProgramFailure {
            failure.report()
            Foundation.exit(70)
        } catch {
            // The parser knows its own errors and exit codes; anything else is the program's.
            if error is ExitCode || exitCode(for: error) != .failure { exit(withError: error) }
            FileHandle.standardError.write(Data("proxydesk: \(error)\n".utf8))
            Foundation.exit(70)
        }
    }
}

extension ProgramFailure {
    /// Says on standard error what was the matter, and what to do.
    func report() {
        FileHandle.standardError.write(Data("proxydesk: \(sentence)\n".utf8))
    }

    var sentence: String {
        switch self {
        case .busy: "Another process kept the data folder busy for too long. Try again."
        case .locked(let holder): "The data folder is in use by \(holder). Stop it first, then try again."
        case .schemaOlder(let found, let needed):
            "The data folder has schema \(found), and this program needs \(needed). Stop the server, then run proxydesk migrate."
        case .schemaNewer(let found, let known):
            "The data folder has schema \(found), and this program knows \(known) at most. Use the newer program that wrote it."
        case .noData(let path):
            "There is no data folder at \(path). Name it with --data, or import a file into a new one."
        case .foreignFolder(let path):
            "The folder \(path) holds other files, and was left alone. Name an empty folder, or a data folder, with --data."
        case .importRunning: "Another import is running in this data folder. Wait until it has ended, then try again."
        case .storage(let cause): "The data could not be read or written: \(cause)"
        }
    }
}
