import Foundation
import Testing

@testable import Manual

/// Two pages of Microsoft's documentation were the beginning of this project. Nothing they say may get lost.
@Suite("Every sentence of the two documents at the beginning is held")
struct SeedCoverageTests {
    let coverage: [SeedCoverage]
    let entries: [SeedCoverage.Entry]
    let holders: [(sentence: String, holder: SeedCoverage.Holder)]

    init() throws {
        coverage = try SeedCoverage.all()
        entries = coverage.flatMap(\.sentences)
        holders = entries.flatMap { entry in (entry.heldBy ?? []).map { (sentence: entry.sentence, holder: $0) } }
    }

    @Test("the list has every document of its folder")
    func documents() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: SeedCoverage.folder)
        #expect(coverage.map(\.document).sorted() == files.filter { $0.hasSuffix(".md") }.sorted())
    }

    @Test("every sentence has one entry, and every entry is about one sentence, in the document's order")
    func oneEntryASentence() throws {
        for list in coverage {
            let sentences = try SeedDocument(named: list.document).sentences
            #expect(sentences.count > 20, "\(list.document)")
            for sentence in sentences {
                let number = list.sentences.filter { sentence.hasPrefix($0.sentence) }.count
                #expect(number == 1, "\(list.document) has \(number) entries for: \(sentence)")
            }
            var last = -1
            for entry in list.sentences {
                let places = sentences.indices.filter { sentences[$0].hasPrefix(entry.sentence) }
                #expect(places.count == 1, "\(list.document): \(places.count) sentences begin with: \(entry.sentence)")
                let place = places.first ?? last
                #expect(place >= last, "\(list.document) has this earlier: \(entry.sentence)")
                last = place
            }
        }
    }

    @Test("a fact or a step has at least one holder, and what states nothing says why")
    func held() {
        for entry in entries {
            let number = entry.heldBy?.count ?? 0
            #expect((number > 0) == (entry.states != .nothing), "\(entry.sentence)")
            #expect((entry.why != nil) == (entry.states == .nothing), "\(entry.sentence)")
        }
        let stating = entries.filter { $0.states != .nothing }
        #expect(stating.count > 30)
    }

    @Test("a holder is one test or one page, and a page comes with words it says")
    func kindsOfHolders() {
        for (sentence, holder) in holders {
            let kinds = [holder.test, holder.browser, holder.page].compactMap { $0 }
            #expect(kinds.count == 1, "\(sentence)")
            #expect((holder.says?.isEmpty == false) == (holder.page != nil), "\(sentence)")
        }
    }

    @Test("every test that is named is among the tests")
    func tests() throws {
        let names = try TestNames()
        for (sentence, holder) in holders {
            if let test = holder.test { #expect(names.swift.contains(test), "“\(test)” is to hold: \(sentence)") }
            if let test = holder.browser { #expect(names.browser.contains(test), "“\(test)” is to hold: \(sentence)") }
        }
    }

    @Test("every page that is named is in the manual and says so")
    func pages() throws {
        let manual = try shippedManual.get()
        for (sentence, holder) in holders {
            guard let address = holder.page, let words = holder.says else { continue }
            let text = try #require(Self.text(at: address, in: manual), "\(address) is to hold: \(sentence)")
            #expect(text.contains(words), "\(address) is to say “\(words)” for: \(sentence)")
        }
    }

    /// The plain text of a page, or of the section that a fragment names; nil where there is none.
    private static func text(at address: String, in manual: Manual) -> String? {
        let parts = address.components(separatedBy: "#")
        guard let html = manual.page(at: parts[0])?.body.html else { return nil }
        guard parts.count == 2 else { return plain(html) }
        let sections = html.components(separatedBy: "<h2 id=\"")
        return sections.first { $0.hasPrefix(parts[1] + "\"") }.map { plain("<h2 id=\"" + $0) }
    }

    private static func plain(_ html: String) -> String {
        html.replacing(/<[^>]*>/, with: "").replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
