import Foundation
import TestSupport
import Yams

/// `Seeds/coverage.yaml`: what each sentence of a document states, and what holds it.
struct SeedCoverage: Decodable {
    /// A file in `Seeds/`.
    let document: String
    let sentences: [Entry]

    struct Entry: Decodable {
        /// The first words of the sentence, as many as no other of the document begins with.
        let sentence: String
        let states: Statement
        /// Why it states nothing.
        let why: String?
        let heldBy: [Holder]?

        enum CodingKeys: String, CodingKey {
            case sentence, states, why
            case heldBy = "held_by"
        }
    }

    enum Statement: String, Decodable {
        case fact, step, nothing
    }

    /// A Swift test by its display name or its function, a browser test by its function, or a place in the manual.
    struct Holder: Decodable {
        let test: String?
        let browser: String?
        let page: String?
        /// Words that stand in that place of the manual.
        let says: String?
    }

    static let folder = Checkout.path + "Tests/ManualTests/Seeds/"

    static func all() throws -> [SeedCoverage] {
        let text = try String(contentsOfFile: folder + "coverage.yaml", encoding: .utf8)
        return try YAMLDecoder().decode([SeedCoverage].self, from: text)
    }
}

/// The names by which the tests of the project can be found, read from their sources.
struct TestNames {
    private(set) var swift: Set<String> = []
    private(set) var browser: Set<String> = []

    init() throws {
        let folder = Checkout.path + "Tests/"
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
            if file.hasSuffix(".swift") { readSwift(try String(contentsOfFile: folder + file, encoding: .utf8)) }
            guard file.hasPrefix("Browser/test_"), file.hasSuffix(".py") else { continue }
            readPython(try String(contentsOfFile: folder + file, encoding: .utf8))
        }
    }

    /// A test's attribute comes first, perhaps with a display name, and its function after it.
    private mutating func readSwift(_ text: String) {
        for test in text.components(separatedBy: "@Test").dropFirst() {
            if let name = test.prefixMatch(of: /\(\s*"([^"]*)"/) { swift.insert(String(name.output.1)) }
            if let function = test.firstMatch(of: /func (\w+)\(/) { swift.insert(String(function.output.1)) }
        }
    }

    private mutating func readPython(_ text: String) {
        for line in text.split(separator: "\n") where line.hasPrefix("def test_") {
            browser.insert(String(line.dropFirst("def ".count).prefix { $0 != "(" }))
        }
    }
}
