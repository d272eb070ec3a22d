import ArgumentParser
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

        func run() async throws {
            let settings = try await shared.settings(["contact": contact])
            let resources = try Resources.load(settings, edition: .files)
            let manual = try StaticManual(resources.site)
            do {
                let removed = try ManualFolder(path: output).write(manual.files)
                let words = removed == 0 ? "" : ", and removed \(removed) files that are gone"
                print("Wrote \(manual.pageCount) pages to \(output)\(words). Open \(output)/index.html.")
            } catch let refusal as ManualFolder.Refusal {
                throw ValidationError(refusal.description)
            }
        }
    }
}
