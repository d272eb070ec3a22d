import Foundation
import Manual
import Pages

/// The manual as plain files that lead to each other by relative links, so that they work from a file share.
///
/// The same content makes the same bytes: no time, no absolute address and no path of a computer stands in them.
public struct StaticManual: Sendable {
    /// By their paths below the folder.
    public private(set) var files: [String: [UInt8]] = [:]
    /// How many of them are pages.
    public var pageCount: Int { files.keys.filter { $0.hasSuffix(".html") }.count }
    /// What in the folder of an organisation's documents is not in the copy, and why, a sentence each.
    public private(set) var refused: [String] = []
    /// The documents whose pages name something that is wrong with their file.
    public private(set) var faulty: [String] = []

    /// - Parameter site: made with the edition `files`, so that no page leads to what only a server has.
    /// - Throws: ``LostLink``, or what a page that cannot be made throws.
    public init(_ site: ManualSite) throws {
        let section = site.shelf?.sectionNow()
        let searched = site.manual.pages + (section?.pages.map(\.page) ?? [])
        let index = StaticSearchIndex(
            pages: searched, synonyms: site.manual.searchSynonyms, address: Self.file(of:))
        let indexAddress = "/assets/search-index.js"
        let assets = site.assets.answers.mapValues(\.bytes)
        var pages = site.ready.mapValues(\.bytes).filter { $0.key.hasPrefix(Route.manual.path) }
        pages[Route.search.path] = try site.pages.render(StaticSearchPage(index: indexAddress))
        for (path, page) in Self.runbookPages(section, of: site.manual) { pages[path] = try site.pages.render(page) }
        let paths = Set(pages.keys)
        for (old, path) in site.manual.movedPaths {
            guard let page = site.manual.page(at: path) else { continue }
            pages[old] = try site.pages.render(MovedPage(from: old, to: page))
        }
        for (path, page) in pages {
            let html = String(decoding: page, as: UTF8.self)
            files[Self.name(of: path)] = Array(try Self.relative(html, in: Self.file(of: path), paths).utf8)
        }
        files[Self.file(of: indexAddress)] = Array(index.script.utf8)
        for (path, bytes) in assets { files[String(path.dropFirst())] = bytes }
        if let section {
            refused = section.refused
            faulty = section.pages.filter { !$0.faults.isEmpty }.map(\.page.file)
        }
    }

    /// An organisation's own documents as they are now, and the index by letter with them: without scripting it is the way to
    /// every page.
    private static func runbookPages(_ section: Runbooks.Section?, of manual: Manual) -> [(String, any Page)] {
        guard let section else { return [] }
        let alphabet = ManualAlphabet(manual.pages + section.pages.map(\.page))
        return [
            (Route.manualAlphabet.path, ManualAlphabetPage(alphabet)),
            (Runbooks.address, RunbookIndexPage(section, isCopy: true)),
        ] + section.pages.map { ($0.page.path, RunbookArticlePage($0, in: section, of: manual)) }
    }

    /// The file's name on the disk: of an address with `%20` in it, one with a blank.
    static func name(of path: String) -> String {
        let file = file(of: path)
        return file.removingPercentEncoding ?? file
    }

    /// The file that stands for an address, as a link names it: `/manual` is `index.html`, `/manual/rules/proxy` is `rules/proxy.html`.
    static func file(of path: String) -> String {
        if path == Route.manual.path { return "index.html" }
        if path.hasPrefix("/assets/") { return String(path.dropFirst()) }
        let prefix = Route.manual.path + "/"
        return path.dropFirst(path.hasPrefix(prefix) ? prefix.count : 1) + ".html"
    }

    /// The way from one file to another.
    static func way(from file: String, to target: String) -> String {
        String(repeating: "../", count: file.utf8.filter { $0 == UInt8(ascii: "/") }.count) + target
    }

    /// The page with every address of this server as the way to its file.
    ///
    /// Only for pages made here: a quotation mark stands in a tag alone, because text has it as `&quot;`.
    private static func relative(_ html: String, in file: String, _ pages: Set<String>) throws -> String {
        var rest = html.utf8[...]
        var result: [UInt8] = []
        result.reserveCapacity(html.utf8.count)
        while let quote = rest.firstRange(of: Array("=\"/".utf8)) {
            let start = rest.index(before: quote.upperBound)
            result += rest[..<start]
            guard let end = rest[start...].firstIndex(of: UInt8(ascii: "\"")) else { break }
            let address = String(decoding: rest[start..<end], as: UTF8.self)
            rest = rest[end...]
            let path = String(address.prefix { $0 != "#" && $0 != "?" })
            guard path.hasPrefix("/assets/") || pages.contains(path) else { throw LostLink(file: file, link: address) }
            result += (way(from: file, to: Self.file(of: path)) + address.dropFirst(path.count)).utf8
        }
        return String(decoding: result, as: UTF8.self) + String(Substring(rest))
    }
}

/// A page of the copy leads to something that only a server has.
public struct LostLink: Error, CustomStringConvertible {
    public let file: String
    public let link: String
    public var description: String { "The page \(file) leads to \(link), which a copy of the manual does not have." }
}
