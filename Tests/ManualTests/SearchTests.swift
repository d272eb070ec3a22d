import Foundation
import TestSupport
import Testing

@testable import Manual

/// The search over the shipped pages: what people type leads where it should.
@Suite struct SearchTests {
    let manual: Manual
    let search: ManualSearch

    init() throws {
        manual = try ShippedSearch.manual.get()
        search = try ShippedSearch.search.get()
    }

    private func first(_ query: String) throws -> String? { try search.results(for: query).pages.first?.link }

    @Test(arguments: ["12007", "0x80072EE7", "80072ee7", "2147954407", "-2147012889", "0X80072EE7", "0x2EE7"])
    func everySpellingOfACodeLeadsToItsPage(_ code: String) throws {
        let link = try #require(try first(code))
        let places = ["/manual/troubleshooting/error-12007", "/manual/reference/error-codes#12007"]
        #expect(places.contains { link.hasPrefix($0) }, "\(link)")
    }

    @Test(arguments: ["0x801901F7", "801901f7", "2149122551", "-2145844745"])
    func anHRESULTThatCarriesAStatusLeadsToTheStatus(_ code: String) throws {
        #expect(try first(code) == "/manual/reference/error-codes#http-503")
    }

    @Test(arguments: [
        ("SUP", "/manual/fields/softwareUpdatePoint"), ("proxy account", "/manual/fields/proxy#proxy-account"),
        ("useproxyforadr", "/manual/fields/softwareUpdatePoint#softwareupdatepoint-useproxyforadr"),
        ("proxy.port.range", "/manual/rules/proxy#proxy-port-range"),
        ("PROXY.PORT.RANGE", "/manual/rules/proxy#proxy-port-range"),
    ])
    func namesLeadToTheirPlace(_ query: String, _ link: String) throws {
        let found = try search.results(for: query).pages.map(\.link)
        #expect(found.first == link, "\(found.prefix(5))")
    }

    @Test(arguments: ["ruleengine", "ruleengine.log", "RuleEngine", "port 8530", "SMS_SCI_SysResUse", "sms sci sysres"])
    func theFirstPageHasEveryWordOfIt(_ query: String) throws {
        let pages = try search.results(for: query).pages
        let found = try #require(pages.first)
        let words = SearchToken.words(of: query)
        let page = try #require(manual.page(at: found.path))
        let text = ([page.title, page.description] + page.keywords + page.passages.flatMap { [$0.title, $0.text] })
            .joined(separator: " ").lowercased()
        for word in words { #expect(text.contains(word), "\(word) is not on \(found.path)") }
        // What stands in a page's search words alone is not shown.
        let shown = pages.flatMap { [$0.title.html, $0.heading?.html ?? "", $0.snippet.html] }
        #expect(shown.contains { $0.contains("<mark>") }, "\(shown)")
    }

    @Test(arguments: [
        ("SCP", "service connection point"), ("DP", "distribution point"), ("ADR", "automatic deployment rule"),
    ])
    func anAbbreviationFindsWhatItStandsFor(_ short: String, _ long: String) throws {
        let (brief, full) = (try search.results(for: short), try search.results(for: long))
        let (fromShort, fromLong) = (brief.pages.prefix(3).map(\.path), full.pages.prefix(3).map(\.path))
        #expect(!Set(fromShort).isDisjoint(with: fromLong), "\(fromShort), \(fromLong)")
    }

    @Test func everySynonymMeansSomethingThatTheManualSays() throws {
        for entry in manual.searchSynonyms.entries {
            for meant in entry.meant {
                let found = try search.results(for: meant.joined(separator: " "))
                #expect(
                    found.missing == [] && !found.pages.isEmpty,
                    "the manual does not say “\(meant.joined(separator: " "))”")
            }
        }
    }

    @Test func aWordFindsItsPluralAndItsBeginning() throws {
        let (one, many) = (try search.results(for: "secondary site"), try search.results(for: "secondary sites"))
        #expect(one.pages.map(\.link) == many.pages.map(\.link))
        let begun = try search.results(for: "synchroniz")
        #expect(begun.missing == [] && begun.pages.contains { $0.snippet.html.contains("<mark>") })
    }

    @Test func aMisspeltWordIsReplacedAndTheReaderIsTold() throws {
        let results = try search.results(for: "proxy acount")
        #expect(results.missing == [SearchResults.Missing(word: "acount", instead: "account")])
        #expect(results.pages.first?.link == (try first("proxy account")))
        let nothing = try search.results(for: "zzzyqx")
        #expect(nothing.missing == [SearchResults.Missing(word: "zzzyqx", instead: nil)])
        for code in ["0x87D00693", "KB5034940", "proxy02"] {
            let other = try search.results(for: code)
            #expect(other.missing.allSatisfy { $0.instead == nil }, "the code beside \(code) is another")
        }
        #expect(nothing.pages.isEmpty && nothing.total == 0)
    }

    @Test(arguments: [
        ("pr\u{F3}xy", "proxy"), ("pro\u{301}xy", "proxy"), ("\u{FB01}rewall", "firewall"), ("ＰＲＯＸＹ", "proxy"),
        ("１２００７", "12007"), ("Patch\u{AD}Downloader", "patchdownloader"), ("syncronisation", "synchronization"),
        ("error12007", "error 12007"), ("hr0x80072EE7", "12007"), ("rollback", "undo a change"),
    ])
    func aWordInAnotherSpellingFindsWhatIsMeant(_ typed: String, _ meant: String) throws {
        let found = try search.results(for: typed).pages.map(\.path)
        let wanted = try search.results(for: meant).pages.map(\.path)
        #expect(!wanted.isEmpty && found.prefix(3).contains(wanted[0]), "\(found.prefix(3)), not \(wanted[0])")
    }

    @Test func writingWithoutBlanksIsFoundByAPartOfIt() throws {
        let pages = [
            ManualPage.made(
                path: "/manual/runbooks/a", title: "代理服务器的更改",
                passages: [.init(id: nil, title: "", text: "首先停止服务，然后更改代理。café à côté de ⑴ ⒈ ½ の")]),
            ManualPage.made(path: "/manual/runbooks/b", title: "Übersicht", passages: []),
        ]
        let search = try ManualSearch(pages: pages, synonyms: SearchSynonyms([]))
        for query in ["代理", "服务器", "更改代理", "CAFE", "cote", "⑴", "⒈", "½"] {
            let found = try search.results(for: query)
            #expect(found.pages.map(\.path) == ["/manual/runbooks/a"] && found.missing == [], "\(query)")
        }
        let one = try search.results(for: "代理").pages
        #expect(one.first?.title.html == "<mark>代理</mark>服务器的更改")
        let other = try search.results(for: "ubersicht").pages
        #expect(other.first?.title.html == "<mark>Übersicht</mark>")
    }

    @Test func aPageStandsInTheListOnce() throws {
        let results = try search.results(for: "proxy")
        #expect(Set(results.pages.map(\.path)).count == results.pages.count)
        #expect(results.pages.count <= ManualSearch.mostPages && results.total >= results.pages.count)
    }

    @Test func everyLinkLeadsToAPageAndItsHeading() throws {
        for query in ["proxy", "account", "site server", "error", "import"] {
            for found in try search.results(for: query).pages {
                let page = try #require(manual.page(at: found.path))
                let id = found.link.split(separator: "#").dropFirst().first.map(String.init)
                #expect(id == nil || page.body.html.contains("id=\"\(id ?? "")\""), "\(found.link)")
            }
        }
    }

    @Test(arguments: [
        "", " ", "\"", "*", "AND", "NOT OR", "title:proxy", "(((", "^proxy", "{a b}: c", "\u{0}\u{1}", "-",
        "' OR 1=1 --", "NEAR(proxy, 2)",
    ])
    func aTextThatLooksLikeSyntaxIsText(_ query: String) throws {
        let results = try search.results(for: query)
        #expect(!results.query.contains("\u{0}"))
    }

    @Test func aLongTextIsCutOff() throws {
        let results = try search.results(for: String(repeating: "proxy account port ", count: 1000))
        #expect(results.query.unicodeScalars.count <= SearchQuery.longestText)
        #expect(!results.pages.isEmpty)
    }

    @Test func manyThreadsFindTheSame() async throws {
        let expected = try search.results(for: "proxy account").pages.map(\.link)
        let search = search
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask { (try? search.results(for: "proxy account").pages.map(\.link)) == expected }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
