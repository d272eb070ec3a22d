import Foundation
import Synchronization
import Testing

@testable import Manual

@Suite("An organisation's own documents")
struct RunbookTests {
    /// A folder with files in it, and the section made of it.
    private func withFolder(_ files: [String: String], _ body: (String, Runbooks) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for (path, text) in files { try write(text, directory, path) }
        let ticks = Ticks()
        try body(directory, Runbooks(directory: directory, manual: try shippedManual.get(), clock: { ticks.next() }))
    }

    private func write(_ text: String, _ directory: String, _ path: String) throws {
        let url = URL(fileURLWithPath: directory).appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    @Test("Microsoft's own documents are shown as they are meant")
    func microsoftFlavour() throws {
        let seeds = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Seeds")
        let names = ["network-infrastructure-2019.md", "proxy-server-support-2015.md"]
        let texts = try names.map { try String(contentsOf: seeds.appendingPathComponent($0), encoding: .utf8) }
        try withFolder(Dictionary(uniqueKeysWithValues: zip(names, texts))) { _, runbooks in
            let pages = runbooks.section.pages
            #expect(pages.map(\.page.path) == names.map { "/manual/runbooks/" + $0.dropLast(3) })
            let network = pages[0].page
            #expect(network.title == "Network infrastructure" && network.reviewed == "2019-06-19")
            #expect(
                network.headings.map(\.id) == ["ports-and-protocols", "internet-access-requirements", "proxy-servers"])
            #expect(!network.body.html.contains("href=\"/sccm/"), "what is not served here is no link")
            #expect(pages[0].faults.contains { $0.contains("/sccm/core/plan-design/hierarchy/ports") })
            let proxy = pages[1].page
            #expect(proxy.appliesTo == "System Center Configuration Manager (current branch)")
            #expect(proxy.body.html.contains("<div class=\"admonition note\""))
            #expect(proxy.body.html.contains("Both cm6long site system servers"), "a missing include is its label")
            #expect(pages[1].faults.contains { $0.contains("included here is not in the folder") })
            #expect(!proxy.body.html.contains("<h1") && MarkupCheck(proxy.body.html).faults == [])
        }
    }

    @Test("links between documents and into the manual work; what is broken is named with its line")
    func links() throws {
        let text =
            "# Start\n\n[a](net/fire%20wall.md#x) [b](/manual/fields/proxy#proxy-port) [c](gone.md)\n\n[d](../../etc/passwd.md)\n"
        try withFolder(["start.md": text, "net/fire wall.md": "Text. [back](../start.md)"]) { _, runbooks in
            let section = runbooks.section
            let start = try #require(section.page(at: "/manual/runbooks/start"))
            #expect(start.page.title == "Start")
            #expect(start.page.body.html.contains("<a href=\"/manual/runbooks/net/fire%20wall#x\">a</a>"))
            #expect(start.page.body.html.contains("<a href=\"/manual/fields/proxy#proxy-port\">b</a> c</p>"))
            #expect(!start.page.body.html.contains("passwd.md"))
            #expect(start.faults.map { $0.prefix(7) } == ["Line 3:", "Line 5:"])
            let wall = try #require(section.page(at: "/manual/runbooks/net/fire%20wall"))
            #expect(wall.page.title == "fire wall" && wall.faults == [])
        }
    }

    @Test("a folder is read again when it changes, and not before")
    func changes() throws {
        try withFolder(["a.md": "One"]) { directory, runbooks in
            let first = runbooks.section
            #expect(runbooks.section.edition == first.edition)
            try write("Two, longer", directory, "a.md")
            try write("New", directory, "b.md")
            let second = runbooks.section
            #expect(second.edition > first.edition && second.pages.count == 2)
            #expect(second.pages[0].page.body.html.contains("Two, longer"))
            try FileManager.default.removeItem(atPath: directory + "/a.md")
            #expect(runbooks.section.pages.map(\.page.file) == ["b.md"])
        }
    }

    @Test("an included file that comes later, and a file exchanged for one as large and as old, are noticed")
    func laterFiles() throws {
        try withFolder(["a.md": "Before [!INCLUDE[label](parts/b.md)]", "c.md": "One"]) { directory, runbooks in
            #expect(runbooks.section.pages.map { $0.faults.count } == [1, 0])
            try write("the part", directory, "parts/b.md")
            let part = runbooks.section
            #expect(part.pages[0].faults == [] && part.pages[0].page.body.html == "<p>Before the part</p>\n")
            let file = directory + "/c.md"
            let day = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate]
            try write("Two", directory, "c.md")
            try FileManager.default.setAttributes([.modificationDate: day as Any], ofItemAtPath: file)
            #expect(runbooks.section.pages[1].page.body.html == "<p>Two</p>\n")
        }
    }

    @Test("a quotation mark with an accent on it ends no attribute")
    func accentedMarks() throws {
        let marks =
            "## \"\u{301}><\u{301}b>\u{301} &\u{301} x\n\n|a|\n|-|\n|b|\n\n[x](https://a.example/\"\u{301}<\u{301})\n"
        try withFolder(["a.md": marks]) { _, runbooks in
            let page = try #require(runbooks.section.pages.first)
            let tags = page.page.body.html.unicodeScalars.split { $0 == "<" || $0 == ">" }.map { String($0) }
            let label = try #require(tags.first { $0.contains("class=\"permalink\"") })
            #expect(label.unicodeScalars.count { $0 == "\"" } == 6, "\(label)")
            #expect(!tags.contains { $0.hasPrefix("\u{301}b") && $0.count < 3 })
        }
    }

    @Test("a fault on every line is told as often as somebody reads it")
    func manyFaults() throws {
        let lost = (1...200).map { "[a](gone\($0).md)" }.joined(separator: "\n")
        try withFolder(["a.md": lost, "b.md": String(repeating: "[a](gone.md) ", count: 200)]) { _, runbooks in
            let faults = runbooks.section.pages.map(\.faults)
            #expect(faults[0].count == RunbookComposer.mostFaults + 1)
            #expect(faults[0].last == "There are 150 more. Mend these first; the others are told then.")
            #expect(faults[1].count == 1)
        }
    }

    @Test("a name with a control character is not shown")
    func namesWithControlCharacters() throws {
        try withFolder(["a.md": "A", "b\nc.md": "B"]) { _, runbooks in
            let section = runbooks.section
            #expect(section.pages.map(\.page.file) == ["a.md"])
            #expect(section.refused.count == 1 && section.refused[0].contains("control character"))
        }
    }

    @Test("nothing outside of the folder is shown, however it is named")
    func refusals() throws {
        try withFolder([
            "a.md": "[!INCLUDE[x](link.md)] [!INCLUDE[y](../secret.md)] [!INCLUDE[z](.hidden.md)]",
            ".hidden.md": "SECRET",
        ]) { directory, runbooks in
            let secret = directory + "-secret.md"
            try "SECRET".write(toFile: secret, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(atPath: secret) }
            try FileManager.default.createSymbolicLink(atPath: directory + "/link.md", withDestinationPath: secret)
            try FileManager.default.createSymbolicLink(atPath: directory + "/etc", withDestinationPath: "/etc")
            let section = runbooks.section
            #expect(section.pages.map(\.page.file) == ["a.md"])
            #expect(section.refused.count == 2 && section.refused.allSatisfy { $0.contains("is a symbolic link") })
            #expect(!section.pages[0].page.body.html.contains("SECRET"))
        }
    }

    @Test(
        "only documents that the folder shows are included",
        arguments: [".env.md", ".git/config.md", "notes.txt", "net/.x.md", "pipe.md", "sub.md"])
    func hiddenFiles(included: String) throws {
        let files = ["a.md": "Text [!INCLUDE[label](\(included))]", "notes.txt": "SECRET", "sub.md/x.md": "SECRET"]
        try withFolder(files) { directory, runbooks in
            if included == "pipe.md" {
                #expect(mkfifo(directory + "/pipe.md", 0o600) == 0)
            } else if !FileManager.default.fileExists(atPath: directory + "/" + included) {
                try write("SECRET", directory, included)
            }
            let page = try #require(runbooks.section.page(at: "/manual/runbooks/a"))
            #expect(page.page.body.html == "<p>Text label</p>\n")
            #expect(page.faults.count == 1)
            #expect(page.faults[0].hasPrefix("Line 1: the file that is included here is not in the folder"))
        }
    }

    @Test("files that include each other often are a fault, and no page without end")
    func inclusionBomb() throws {
        let many = { (name: String) in String(repeating: "[!INCLUDE[x](\(name).md)] ", count: 60) }
        let files = [
            "a.md": "Start\n\n" + many("b"), "b.md": many("c"), "c.md": many("d"), "d.md": "words",
            "self.md": "[!INCLUDE[again](self.md)]",
            "large.md": String(repeating: "[!INCLUDE[x](mib.md)]\n\n", count: 9),
            "mib.md": String(repeating: "a ", count: 1 << 19),
        ]
        try withFolder(files) { _, runbooks in
            let section = runbooks.section
            for (name, line) in [("a", 3), ("large", 9)] {
                let page = try #require(section.page(at: "/manual/runbooks/" + name))
                #expect(page.page.body.html.utf8.count < 5 << 20)
                #expect(page.faults.count == 1, "it is said once")
                #expect(page.faults.first?.hasPrefix("Line \(line): This page includes more than") == true)
            }
            let circle = try #require(section.page(at: "/manual/runbooks/self"))
            #expect(circle.faults.first?.contains("includes itself") == true)
            #expect(circle.page.body.html.contains("again"))
        }
    }

    @Test("a broken document is shown with its fault, and the others work")
    func brokenDocuments() throws {
        let files = [
            "a.md": "---\ntitle: [\n---\n\nText\n", "b.md": "## Same\n\n## Same\n\n#### Deep\n",
            "c.md": "<script>x</script> [j](javascript:x)",
        ]
        try withFolder(files) { directory, runbooks in
            try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: directory + "/d.md"))
            let pages = runbooks.section.pages
            #expect(pages[0].faults.first?.contains("the front matter is not YAML") == true)
            #expect(pages[0].page.body.html.contains("<p>Text</p>"))
            #expect(pages[1].page.headings.map(\.id) == ["same", "same-2"])
            #expect(pages[1].page.body.html.contains("<h3 id=\"deep\">"), "no level is left out")
            #expect(!pages[2].page.body.html.contains("<script") && !pages[2].page.body.html.contains("javascript:"))
            #expect(pages[3].faults == ["The file cannot be read as UTF-8. Save it as UTF-8 text."])
        }
    }

    @Test("a document that is nested without end is shown by its words, with the fault named")
    func deepDocuments() throws {
        let files = [
            "emphasis.md": String(repeating: "*a _b ", count: 20_000) + String(repeating: "b_ a* ", count: 20_000),
            "lists.md": (0..<400).map { String(repeating: "  ", count: $0) + "- a" }.joined(separator: "\n"),
            "front.md": "---\nkeywords: " + String(repeating: "[", count: 50_000) + "\n---\n",
            "quotes.md": "Before\n\n" + String(repeating: "> ", count: 100_000) + "deep words\n\nAfter",
        ]
        try withFolder(files) { _, runbooks in
            let pages = runbooks.section.pages
            for page in pages { #expect(page.faults.count == 1, "\(page.page.file)") }
            let quotes = try #require(pages.last)
            #expect(quotes.faults.first?.hasPrefix("Line 3: Quotations, lists or emphasis are nested too deep") == true)
            #expect(quotes.page.body.html == "<p>Before</p>\n<p>deep words</p>\n<p>After</p>\n")
        }
    }

    @Test(
        "a document of the same heading, link or row over and over is read in the time of any other",
        .timeLimit(.minutes(1)))
    func repetitiveDocuments() throws {
        let files = [
            "headings.md": String(repeating: "# a\n", count: 20_000),
            "links.md": String(repeating: "[a](links.md) ", count: 20_000),
            "rows.md": "|a|b|\n|-|-|\n" + String(repeating: "|a|[b](rows.md)|\n", count: 20_000),
        ]
        try withFolder(files) { _, runbooks in
            let pages = runbooks.section.pages
            #expect(pages[0].page.body.html.contains("id=\"a-19999\"") && pages[0].page.headings.count == 19_999)
            #expect(pages[1].faults == [] && pages[2].faults == [])
        }
    }

    @Test("a heading does not take the id of a part of the page")
    func headingsAndParts() throws {
        try withFolder(["a.md": "## Main\n\n## Find\n\n## Other\n"]) { _, runbooks in
            let page = try #require(runbooks.section.pages.first)
            #expect(page.page.headings.map(\.id) == ["main-2", "find-2", "other"])
        }
    }

    @Test("a folder that is not there says so")
    func missingFolder() throws {
        let runbooks = Runbooks(directory: "/nowhere/at/all", manual: try shippedManual.get(), clock: { 0 })
        #expect(runbooks.section.pages.isEmpty)
        #expect(runbooks.section.refused.first?.contains("cannot be read") == true)
    }
}

/// A clock that goes on by more than the section's patience each time it is asked.
private final class Ticks: Sendable {
    private let time = Mutex<Int64>(0)
    func next() -> Int64 {
        time.withLock {
            $0 += 5000
            return $0
        }
    }
}
