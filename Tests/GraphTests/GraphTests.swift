import Foundation
import Testing

/// Which module may import which: the table of `CONTRIBUTING.md`, as the package manager sees the package.
@Suite("The package's graph is the design's table")
struct GraphTests {
    /// Module → what it may import of ours. A module may use fewer; products of other packages are not part of it.
    static let allowed: [String: Set<String>] = [
        "Domain": [],
        "Workflow": ["Domain"],
        "CLibXML2": [],
        "CCMarkGFM": [],
        "CZlib": [],
        "XMLExchange": ["Domain", "CLibXML2"],
        "ScriptExport": ["Domain"],
        "LogReading": ["Domain"],
        "Templating": [],
        "SQLiteStore": ["Workflow", "Domain"],
        "Manual": ["Domain", "CCMarkGFM"],
        "Pages": ["Manual", "Domain", "Templating"],
        "Web": ["Workflow", "Pages", "XMLExchange", "ScriptExport", "LogReading", "Manual", "Domain", "CZlib"],
        "proxydesk": libraries,
        "TestSupport": libraries,
        "benchmark-data": measuring,
    ]

    static let libraries: Set<String> = [
        "Domain", "Workflow", "CLibXML2", "CCMarkGFM", "CZlib", "XMLExchange", "ScriptExport", "LogReading",
        "Templating", "SQLiteStore", "Manual", "Pages", "Web",
    ]
    /// What the executables of `benchmarks/` and `scripts/fuzz` may import; the latter's names begin with `fuzz-`.
    static let measuring: Set<String> = ["TestSupport", "XMLExchange", "Web", "Domain"]

    @Test("Every module imports only what the table allows", .timeLimit(.minutes(5)))
    func everyModuleImportsOnlyWhatTheTableAllows() throws {
        let modules = try Package.described().targets.filter { $0.type != "test" }
        for module in modules {
            let allowed = Self.allowed[module.name] ?? (module.name.hasPrefix("fuzz-") ? Self.measuring : nil)
            guard let allowed else {
                Issue.record("\(module.name) is not in the table: give it a row there, or it has no place yet")
                continue
            }
            let surplus = Set(module.dependencies).subtracting(allowed)
            #expect(surplus.isEmpty, "\(module.name) may not import \(surplus.sorted().joined(separator: ", "))")
        }
        let missing = Set(Self.allowed.keys).subtracting(modules.map(\.name))
        #expect(missing.isEmpty, "the table has rows for modules that are gone: \(missing.sorted())")
    }

    /// The package manager makes a product of every executable; the programs for benchmarks and fuzzing are never built
    /// into what is installed.
    @Test("The package offers one product, the program, beside what measures it")
    func thePackageOffersOneProduct() throws {
        let products = try Package.described().products.map(\.name)
        #expect(products.contains("proxydesk"))
        #expect(
            products.allSatisfy { $0 == "proxydesk" || $0.hasPrefix("benchmark-") || $0.hasPrefix("fuzz-") },
            "\(products)")
    }
}

/// The part of `swift package describe --type json` that is read here.
struct Package: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let dependencies: [String]

        enum CodingKeys: String, CodingKey {
            case name, type
            case dependencies = "target_dependencies"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            type = try container.decode(String.self, forKey: .type)
            dependencies = try container.decodeIfPresent([String].self, forKey: .dependencies) ?? []
        }
    }

    struct Product: Decodable {
        let name: String
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let targets: [Target]
    let products: [Product]

    /// Asks the package manager, with a scratch folder of its own: it would wait for ever for the one that the running
    /// tests hold.
    static func described() throws -> Package { try answer.get() }

    private static let answer = Result {
        let command = ["swift", "package", "--scratch-path", ".build-graph", "describe", "--type", "json"]
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = Checkout.root
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let json = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(command.joined(separator: " ")) ended with \(process.terminationStatus)")
        }
        return try JSONDecoder().decode(Package.self, from: json)
    }
}
