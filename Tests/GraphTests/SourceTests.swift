import Foundation
import Testing

/// What the graph cannot say: rules that are read off the sources.
@Suite("The sources keep to the rules of the house")
struct SourceTests {
    /// Where time and chance may come from: the program passes them in, tests fix them, benchmarks measure.
    static let mayHaveClocks: Set<String> = ["proxydesk", "TestSupport", "benchmark-data"]

    @Test("Domain imports nothing but FoundationEssentials")
    func domainImportsNothingButFoundationEssentials() throws {
        for line in try SourceLine.all(under: "Sources/Domain") {
            guard let module = line.importedModule else { continue }
            #expect(module == "FoundationEssentials", "\(line)")
        }
    }

    @Test(
        "Time and chance are passed in",
        arguments: [
            #"\bDate\(\)"#, #"\bDate\.now\b"#, #"\bDate\(timeIntervalSinceNow"#, #"\bUUID\(\)"#,
            #"\bContinuousClock\b"#,
            #"\bSuspendingClock\b"#, #"\bDispatchTime\.now\b"#, #"\bclock_gettime\b"#,
            #"\bSystemRandomNumberGenerator\b"#,
            #"\.random\(in:"#,
        ])
    func timeAndChanceArePassedIn(pattern: String) throws {
        let expression = try Regex(pattern)
        for line in try SourceLine.all(under: "Sources") where !Self.mayHaveClocks.contains(line.module) {
            #expect(!line.code.contains(expression), "\(line)")
        }
    }

    @Test("Only a request's deadline sleeps, and only in Web")
    func onlyWebSleeps() throws {
        let expression = try Regex(#"\bTask\.sleep\b|\b(u|nano)?sleep\("#)
        let maySleep = Self.mayHaveClocks.union(["Web"])
        for line in try SourceLine.all(under: "Sources") where !maySleep.contains(line.module) {
            #expect(!line.code.contains(expression), "\(line)")
        }
    }

    @Test("The environment is read in Settings alone")
    func theEnvironmentIsReadInSettingsAlone() throws {
        let expression = try Regex(#"\bgetenv\b|\.environment\b|\bEnvironmentVariablesProvider\b"#)
        for line in try SourceLine.all(under: "Sources") where line.file != "Sources/proxydesk/Settings.swift" {
            #expect(!line.code.contains(expression), "\(line)")
        }
    }

    @Test("Every test is a Swift Testing one")
    func everyTestIsASwiftTestingOne() throws {
        for line in try SourceLine.all(under: "Tests") {
            #expect(line.importedModule != "XCTest", "\(line): scripts/test does not run it")
        }
    }

    @Test("The tests of the sources look at sources")
    func thereAreSources() throws {
        #expect(try SourceLine.all(under: "Sources").count > 1_000)
        #expect(Checkout.contains("Sources/proxydesk/Settings.swift"))
    }
}

/// The folder that holds `Package.swift`.
enum Checkout {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func contains(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path())
    }
}

/// A line of a source file, with comments taken out.
struct SourceLine: CustomStringConvertible {
    /// From the root of the checkout.
    let file: String
    let number: Int
    let code: String

    var description: String { "\(file):\(number): \(code.trimmingCharacters(in: .whitespaces))" }

    /// The folder below `Sources/` or `Tests/`.
    var module: String { file.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// `import struct Foundation.Date` and `@testable public import Foundation` are imports of Foundation.
    var importedModule: String? {
        var words = code.split { $0 == " " || $0 == "\t" }
        while let first = words.first, first.hasPrefix("@") || Self.levels.contains(String(first)) {
            words.removeFirst()
        }
        guard words.first == "import", words.count > 1 else { return nil }
        let name = words.count > 2 && Self.kinds.contains(String(words[1])) ? words[2] : words[1]
        return name.split(separator: ".").first.map(String.init)
    }

    private static let levels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]

    static func all(under folder: String) throws -> [SourceLine] {
        let base = Checkout.root.appending(path: folder)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path()).filter { $0.hasSuffix(".swift") }
        return try paths.sorted().flatMap { path in
            let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
            return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { offset, line in
                SourceLine(file: "\(folder)/\(path)", number: offset + 1, code: withoutComment(line))
            }
        }
    }

    /// Cuts a `//` comment off; one inside a text literal stays, being behind an odd number of quotes.
    static func withoutComment(_ line: Substring) -> String {
        var quotes = 0
        var index = line.startIndex
        while index < line.endIndex {
            let next = line.index(after: index)
            if line[index] == "\"" { quotes += 1 }
            if line[index] == "/", next < line.endIndex, line[next] == "/", quotes.isMultiple(of: 2) {
                return String(line[..<index])
            }
            index = next
        }
        return String(line)
    }
}
