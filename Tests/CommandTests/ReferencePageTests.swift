import Foundation
import TestSupport
import Testing

/// What people read about the program is typed by hand: here it is held against the program.
@Suite("The manual knows every setting, option and exit code, and no other")
struct ReferencePageTests {
    private static let shared: Set<String> = ["--data", "--resources", "--config"]

    /// What the program asks its settings for, and what it takes where nobody set it.
    private func settings() throws -> [String: String?] {
        let source = try String(contentsOfFile: Checkout.path + "Sources/proxydesk/Settings.swift", encoding: .utf8)
        let asked = source.matches(of: #/forKey: "(\w+)"(?:, default: "([^"]*)")?/#)
        return Dictionary(asked.map { (String($0.output.1), $0.output.2.map(String.init)) }) { first, _ in first }
    }

    private func help(_ command: String...) throws -> String {
        try ProgramRun.run(
            Checkout.build + "proxydesk", ["help"] + command.flatMap { $0.split(separator: " ") }.map(String.init)
        ).text
    }

    private func options(of command: String) throws -> Set<String> {
        let found = try help(command).matches(of: #/(?m)^  (--[a-z-]+)/#).map { String($0.output.1) }
        return Set(found).subtracting(["--version"])
    }

    private func commands() throws -> [String] {
        let list = try help().components(separatedBy: "SUBCOMMANDS:").last ?? ""
        let names = list.matches(of: #/(?m)^  ([a-z]+) /#).map { String($0.output.1) }
        return names.map { $0 == "docs" ? "docs build" : $0 }
    }

    @Test func everySettingHasARowAndEveryRowASetting() throws {
        let settings = try settings()
        let rows = try ReferencePage("settings").rows(in: "")
        let keys = rows.compactMap { ReferencePage.code(in: $0.cell(2)).first }
        #expect(keys.sorted() == settings.keys.sorted())
        for row in rows {
            let key = try #require(ReferencePage.code(in: row.cell(2)).first)
            if let value = settings[key] ?? nil {
                #expect(ReferencePage.code(in: row.cell(3)).first == value, "\(key)")
            }
        }
    }

    @Test func everySettingIsNamedAsTheEnvironmentHasIt() throws {
        let page = try ReferencePage("settings")
        let named = Set(page.text.matches(of: #/`(PROXYDESK_[A-Z_]+)`/#).map { String($0.output.1) })
        let names = try settings().keys.map { key in
            "PROXYDESK_" + key.reduce("") { $0 + ($1.isUppercase ? "_\($1)" : $1.uppercased()) }
        }
        #expect(named == Set(names))
    }

    @Test func aSettingSaysWhichCommandsTakeItAsAnOption() throws {
        let (serve, docs) = (try options(of: "serve"), try options(of: "docs build"))
        for row in try ReferencePage("settings").rows(in: "") {
            let key = try #require(ReferencePage.code(in: row.cell(2)).first)
            let cell = ReferencePage.code(in: row.cell(1))
            let option = "--" + key
            let isTaken = serve.contains(option)
            #expect(cell.first == (isTaken ? option : nil), "\(key)")
            let namesServe = cell.contains("serve")
            let namesDocs = cell.contains("docs build")
            #expect(namesServe == (isTaken && !Self.shared.contains(option)), "\(key)")
            #expect(namesDocs == (docs.contains(option) && !Self.shared.contains(option)), "\(key)")
        }
    }

    @Test func everyCommandIsOnThePageOfTheCommandLine() throws {
        let page = try ReferencePage("command-line")
        let named = page.rows(in: "Commands").compactMap { ReferencePage.code(in: $0.cell(0)).first }
            .map {
                $0.prefix { !$0.isUppercase }.components(separatedBy: " --")[0].trimmingCharacters(in: .whitespaces)
            }
        #expect(Set(named) == Set(try commands()))
    }

    @Test func everyOptionOfEveryCommandIsOnThePageOfTheCommandLine() throws {
        let page = try ReferencePage("command-line")
        func named(in section: String) -> Set<String> {
            let cells = page.rows(in: section).map { $0.cell(0) }.joined(separator: " ")
            return Set(cells.matches(of: #/--[a-z-]+/#).map { String($0.output) })
        }
        let all = named(in: "Options of all commands")
        #expect(all == Self.shared.union(["--format"]))
        var existing: Set<String> = []
        for command in try commands() {
            let options = try options(of: command)
            existing.formUnion(options)
            #expect(options.isSuperset(of: Self.shared), "\(command)")
            if ["import", "export"].contains(command) {
                let own = named(in: "Options of \(command)")
                #expect(own.union(all) == options.union(all), "\(command)")
            } else {
                let row = page.rows(in: "Commands").filter { $0.cell(0).hasPrefix("`\(command)") }
                let text = row.flatMap(\.cells).joined(separator: " ")
                for option in options.subtracting(all) { #expect(text.contains(option), "\(command) \(option)") }
            }
        }
        let onPage = Set(page.text.matches(of: #/`(--[a-z-]+)/#).map { String($0.output.1) })
        #expect(onPage.subtracting(existing) == [])
    }

    @Test func everyFormatOfAnExportIsOnItsPages() throws {
        let values = try help("export").firstMatch(of: #/\(values:\s+([a-z,\s]+);/#)?.output.1 ?? ""
        let formats = values.components(separatedBy: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        let row = try ReferencePage("command-line").rows(in: "Options of export").first {
            $0.cell(0).contains("--format")
        }
        let named = ReferencePage.code(in: row?.cell(0) ?? "").map { $0.components(separatedBy: " ").last ?? "" }
        #expect(named == formats && !formats.isEmpty)
        // Behind them are files that other commands and pages write.
        let written = try ReferencePage("file-formats").rows(in: "What it writes").map { $0.cell(0).lowercased() }
        #expect(Array(written.prefix(formats.count)) == formats)
    }

    @Test func theManualAloneHasTheLimitsThatItsPageNames() throws {
        let source = try String(contentsOfFile: Checkout.path + "Sources/proxydesk/Wiring.swift", encoding: .utf8)
        let idle = source.firstMatch(of: #/idleTimeout = \.seconds\((\d+)\)/#)?.output.1 ?? ""
        let most = source.firstMatch(of: #/maxConnectionsOfAddress = (\d+)/#)?.output.1 ?? ""
        let text = try ReferencePage("limits").text.replacing("\n", with: " ")
        #expect(!idle.isEmpty && text.contains("ends after \(idle) seconds"))
        #expect(!most.isEmpty && text.contains("one address may have \(most) connections"))
    }

    @Test func whichCommandsReportAsJSONIsSaid() throws {
        let page = try ReferencePage("command-line")
        let row = try #require(page.rows(in: "Options of all commands").first { $0.cell(0).contains("--format") })
        let without = try commands().filter { !(try options(of: $0).contains("--format")) }
        let text = try #require(row.cell(1).components(separatedBy: "not of ").last)
        #expect(Set(ReferencePage.code(in: text)) == Set(without))
    }

    @Test func everyExitCodeAndEveryCommandIsOnThePageOfExitCodes() throws {
        let page = try ReferencePage("exit-codes")
        var codes: Set<String> = ["0", "64"]
        for path in try FileManager.default.subpathsOfDirectory(atPath: Checkout.path + "Sources/proxydesk")
        where path.hasSuffix(".swift") {
            let source = try String(contentsOfFile: Checkout.path + "Sources/proxydesk/" + path, encoding: .utf8)
            for match in source.matches(of: #/(?:ExitCode|exit)\((\d+)\)/#) { codes.insert(String(match.output.1)) }
        }
        #expect(Set(page.rows(in: "").map { $0.cell(0) }) == codes)
        let named = page.rows(in: "By command").flatMap { ReferencePage.code(in: $0.cell(0)) }
        #expect(Set(named) == Set(try commands() + ["import --preview"]))
    }
}
