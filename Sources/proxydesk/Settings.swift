import ArgumentParser
import Configuration
import Foundation
import Pages
import SystemPackage

/// Everything that can be set from outside, read once: flags win over the environment (`PROXYDESK_…`), the environment
/// over the file named by `--config`.
struct Settings: Sendable {
    /// The data folder.
    let data: String
    /// The folder that holds content, Templates and Public.
    let resources: String
    let host: String
    let port: Int
    /// The bytes an upload in the browser may have.
    let uploadLimit: Int
    /// The folder of an organisation's own documents; nil where there is none.
    let docs: String?
    /// Whom readers of the manual tell what is wrong in it.
    let contact: ManualContact?
    /// Prints how long the parts of an import took, for `benchmarks/import`.
    let printsTimings: Bool

    /// - Parameter flags: what was given on the command line, by the setting's name.
    /// - Throws: `ValidationError` that names a setting which cannot be read, never its value.
    static func read(flags: [String: String], configFile: String?) async throws -> Settings {
        let values = Dictionary(
            uniqueKeysWithValues: flags.map {
                (AbsoluteConfigKey([$0.key]), ConfigValue(.string($0.value), isSecret: false))
            })
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: values),
            EnvironmentVariablesProvider().prefixKeys(with: "proxydesk"),
        ]
        if let configFile {
            do {
                providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(configFile)))
            } catch {
                throw ValidationError(
                    "The configuration file \(configFile) cannot be read. Check that it is there and is YAML.")
            }
        }
        let reader = ConfigReader(providers: providers)
        return Settings(
            data: reader.string(forKey: "data", default: "var"),
            resources: reader.string(forKey: "resources") ?? defaultResources,
            host: reader.string(forKey: "host", default: "127.0.0.1"),
            port: try port(reader.string(forKey: "port", default: "8080")),
            uploadLimit: try mebibytes(reader.string(forKey: "uploadLimit", default: "256")) << 20,
            docs: reader.string(forKey: "docs"),
            contact: try contact(reader.string(forKey: "contact")),
            printsTimings: reader.string(forKey: "timings", default: "0") == "1")
    }

    private static func contact(_ text: String?) throws -> ManualContact? {
        guard let text, !text.isEmpty else { return nil }
        guard let contact = ManualContact(text) else {
            throw ValidationError(
                "The setting contact must be a mail address such as proxies@contoso.com, or an address that begins with https://."
            )
        }
        return contact
    }

    private static func port(_ text: String) throws -> Int {
        guard let port = Int(text), (0...65535).contains(port) else {
            throw ValidationError("The setting port must be a number from 0 to 65535.")
        }
        return port
    }

    /// An upload's limit, in MiB: up to 4 GiB (CONTRACTS 4).
    private static func mebibytes(_ text: String) throws -> Int {
        guard let limit = Int(text), (1...4096).contains(limit) else {
            throw ValidationError("The setting uploadLimit must be a number of MiB from 1 to 4096.")
        }
        return limit
    }

    /// The working directory when it holds `content/`, else what was installed beside the executable.
    private static var defaultResources: String {
        let here = FileManager.default.currentDirectoryPath
        if FileManager.default.fileExists(atPath: here + "/content") { return here }
        let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return executable.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "share/proxydesk").path()
    }
}

/// The flags every command takes.
struct SharedFlags: ParsableArguments {
    @Option(name: .long, help: "The folder that holds the data.")
    var data: String?

    @Option(name: .long, help: "The folder that holds content, Templates and Public.")
    var resources: String?

    @Option(name: .long, help: "A YAML file with settings.")
    var config: String?

    func settings(_ more: [String: String?] = [:]) async throws -> Settings {
        var flags = more.compactMapValues { $0 }
        flags["data"] = data
        flags["resources"] = resources
        return try await Settings.read(flags: flags, configFile: config)
    }
}
