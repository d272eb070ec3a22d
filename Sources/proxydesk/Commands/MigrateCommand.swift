import ArgumentParser
import SQLiteStore

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings a data folder of an older version up to date. Stop the server first.")

    @OptionGroup var shared: SharedFlags

    func run() async throws {
        let settings = try await shared.settings()
        let versions = try SQLiteStore.migrate(DataFolder(path: settings.data, use: .exclusive))
        print(
            versions.from == versions.to
                ? "The data folder has schema \(versions.to) already. Nothing was changed."
                : "The data folder was brought from schema \(versions.from) to \(versions.to).")
    }
}
