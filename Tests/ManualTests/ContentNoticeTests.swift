import Testing

@testable import Manual

@Suite("Notices on content")
struct ContentNoticeTests {
    private let today = ReviewDay(year: 2026, month: 11, day: 21)

    @Test("a page that nobody reviewed for over a year is named, and one of a year ago is not")
    func oldPages() throws {
        try ContentCopy.with { copy in
            let (limits, xml) = ("content/docs/reference/limits.md", "content/docs/reference/xml-format.md")
            for (file, day) in [(limits, "2025-11-20"), (xml, "2025-11-21")] {
                let text = try copy.read(file)
                try copy.write(text.replacing("reviewed: 2026-11-21", with: "reviewed: \(day)"), to: file)
            }
            let notices = try Manual(contentDirectory: copy.directory).notices(on: today)
            let old = notices.filter { $0.message.contains("more than a year ago") }
            #expect(old.map(\.file) == [limits])
        }
    }

    @Test("a page that no other leads to is named")
    func orphans() throws {
        try ContentCopy.with { copy in
            try copy.write(
                """
                ---
                title: Alone
                reviewed: 2026-11-21
                description: Nobody leads here.
                order: 99
                sources: [portal]
                ---

                Text.

                """, to: "content/docs/concepts/alone.md")
            let notices = try Manual(contentDirectory: copy.directory).notices(on: today)
            let named = notices.contains {
                $0.file == "content/docs/concepts/alone.md" && $0.message.hasPrefix("No other page leads here.")
            }
            #expect(named)
        }
    }

    @Test("a word that the glossary avoids is named with the term to use")
    func avoidedWords() throws {
        try ContentCopy.with { copy in
            let file = "content/docs/reference/limits.md"
            try copy.write(try copy.read(file) + "\n## More\n\nThe Auto-Deployment\nRule of today.\n", to: file)
            let notices = try Manual(contentDirectory: copy.directory).notices(on: today)
            #expect(
                notices.map(\.description) == [
                    "\(file): “auto-deployment rule” under “More”: this manual says “Automatic deployment rule”, see content/glossary.md."
                ])
        }
    }

    @Test("nothing is to be noticed on the shipped content")
    func shippedFolder() throws {
        let notices = try shippedManual.get().notices(on: today)
        #expect(notices == [])
    }

    @Test(arguments: [
        ("<p>a</p>", ""), ("<p>a", "<p> is not closed."), ("<p><em>a</p></em>", "</p> closes something else."),
        ("<p id=\"a\"></p><p id=\"a\"></p>", "The id “a” is there twice."), ("<br /><hr>", ""),
        ("<table><th>a</th></table>", "A header cell does not say what it heads."), ("a < b", "A tag has no end."),
    ])
    func markupIsHeldToItsRules(_ html: String, _ fault: String) {
        let faults = MarkupCheck(html).faults
        #expect(faults.first ?? "" == fault)
    }
}
