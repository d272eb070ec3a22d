import ArgumentParser
import Foundation
import Manual
import Web

struct DocsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs", abstract: "Makes copies of the manual.", subcommands: [Build.self])

    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "build", abstract: "Writes the manual as plain files that can be read from a file share.")

        @OptionGroup var shared: SharedFlags
        @Option(name: .long, help: "The folder to write to: an empty one, or one of an earlier build.")
        var output: String
        @Option(name: .long, help: "Whom readers tell what is wrong: a mail address, or https://…")
        var contact: String?
        @Option(name: .long, help: "A folder of Markdown files, shown as a section of the manual.") var docs: String?

        func run() async throws {
            let settings = try await shared.settings(["contact": contact, "docs": docs])
            try Self.check(docs: settings.docs)
            let resources = try Resources.load(settings, edition: .files)
            let manual = try StaticManual(resources.site)
            do {
                let removed = try ManualFolder(path: output).write(manual.files)
                let words = removed == 0 ? "" : ", and removed \(removed) files that are gone"
                for line in Self.toldOfDocuments(manual) {
                    FileHandle.standardError.write(Data("proxydesk: \(line)\n".utf8))
                }
                print("Wrote \(manual.pageCount) pages to \(output)\(words). Open \(output)/index.html.")
            } catch let refusal as ManualFolder.Refusal {
                throw ValidationError(refusal.description)
            } catch {
                throw OutputNotWritten(path: output, cause: error)
            }
        }

        /// A copy without the documents that were asked for would be found out too late.
        private static func check(docs: String?) throws {
            guard let docs, (try? FileManager.default.contentsOfDirectory(atPath: docs)) == nil else { return }
            throw ValidationError("The folder \(docs) cannot be read. Name a folder of Markdown files with --docs.")
        }

        private static func toldOfDocuments(_ manual: StaticManual) -> [String] {
            manual.refused + manual.faulty.map { "Something is wrong with \($0). Its page names what." }
        }
    }
}

/// The folder for the copy does not take it.
struct OutputNotWritten: Error, CustomStringConvertible {
    let path: String
    let cause: any Error

    var description: String {
        let error = cause as NSError
        let system = (error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error)
        let reason =
            system.domain == NSPOSIXErrorDomain
            ? String(cString: strerror(CInt(system.code))) : error.localizedDescription
        return "\(path) cannot be written: \(reason). Name a folder that you may write to with --output."
    }
}
