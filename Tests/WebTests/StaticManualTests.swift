import Foundation
import Manual
import Pages
import TestSupport
import Testing

@testable import Web

@Suite("The manual as plain files")
struct StaticManualTests {
    static let copy = Result { try copy(of: RunningPortal.root + "/content", runbooks: nil) }

    @Test func everyLinkOfEveryFileLeadsToAFileAndAPlaceThatAreThere() throws {
        let links = try Self.checkLinks(of: Self.copy.get())
        #expect(links > 500)
    }

    /// Holds every link of a copy; how many there are.
    private static func checkLinks(of copy: StaticManual) throws -> Int {
        let files = copy.files
        let pages = files.filter { $0.key.hasSuffix(".html") }
            .mapValues { Markup(String(decoding: $0, as: UTF8.self)) }
        let ids = pages.mapValues { Set($0.ids) }
        var links = 0
        for (file, page) in pages {
            for link in page.values(of: "href") + page.values(of: "src") + page.values(of: "action") {
                let link = link.unescaped
                if link.hasPrefix("https://") || link.hasPrefix("mailto:") { continue }
                #expect(!link.hasPrefix("/") && !link.contains(":"), "\(file) leads to \(link)")
                let halves = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                let way = try #require(halves[0].removingPercentEncoding)
                let target = way.isEmpty ? file : Self.joined(way, to: file)
                #expect(files[target] != nil, "\(file) leads to \(link)")
                if halves.count == 2 { #expect(ids[target]?.contains(halves[1]) == true, "\(file) leads to \(link)") }
                links += 1
            }
        }
        #expect(pages.count > 20)
        return links
    }

    @Test func aPageThatMovedLeavesOneThatLeadsToItAtItsOldAddress() throws {
        try withContent { content in
            let file = content + "/docs/how-to/change-a-proxy.md"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let moved = text.replacing(
                "\nreviewed:", with: "\nmoved_from: [/manual/old-part/proxy-change]\nreviewed:", maxReplacements: 1)
            try moved.write(toFile: file, atomically: true, encoding: .utf8)
            let copy = try Self.copy(of: content, runbooks: nil)
            let page = String(decoding: try #require(copy.files["old-part/proxy-change.html"]), as: UTF8.self)
            #expect(page.contains("<a href=\"../how-to/change-a-proxy.html\">Change a proxy</a>"))
            #expect(!page.contains("http-equiv") && Markup(page).brokenReferences == [])
            _ = try Self.checkLinks(of: copy)
        }
    }

    @Test func anOrganisationsDocumentsAreASectionOfTheCopy() throws {
        try withContent { content in
            let folder = content + "/../runbooks"
            let files = [
                "net/fire wall.md":
                    "# Ask for a rule\n\nThe quokkateam opens it. [the port](/manual/fields/proxy#proxy-port)\n",
                "start.md": "# Start\n\n[rule](net/fire%20wall.md) [lost](gone.md) [a](/manual/a-z) [s](/search)\n",
            ]
            for (name, text) in files {
                let url = URL(fileURLWithPath: folder + "/" + name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url)
            }
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/passwd.md", withDestinationPath: "/etc/passwd")
            let copy = try Self.copy(of: content, runbooks: folder)
            let page = { (name: String) in copy.files[name].map { String(decoding: $0, as: UTF8.self) } ?? "" }
            #expect(page("index.html").contains("href=\"runbooks.html\""))
            #expect(page("runbooks.html").contains("href=\"runbooks/net/fire%20wall.html\">Ask for a rule</a>"))
            #expect(page("runbooks.html").contains("as their folder was when this copy was made"))
            #expect(page("runbooks/start.html").contains("Line 3: the link “gone.md” leads to nothing"))
            #expect(page("a-z.html").contains("runbooks/net/fire%20wall.html"))
            #expect(page("assets/search-index.js").contains("quokkateam"))
            #expect(copy.refused.count == 1 && copy.faulty == ["start.md"])
            _ = try Self.checkLinks(of: copy)
        }
    }

    /// Calls `body` with a copy of the shipped content in a folder of its own, and removes the folder.
    private func withContent(_ body: (String) throws -> Void) throws {
        try withDataFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: RunningPortal.root + "/content", toPath: folder + "/content")
            try body(folder + "/content")
        }
    }

    private static func copy(of content: String, runbooks: String?) throws -> StaticManual {
        let manual = try Manual(contentDirectory: content, edition: .files)
        let assets = try RunningPortal.assets.get()
        let pages = try PageRenderer(
            templateDirectory: RunningPortal.root + "/Templates", manual: manual, edition: .files,
            address: assets.address(of:))
        let documents = runbooks.map { Runbooks(directory: $0, manual: manual, clock: { 0 }) }
        return try StaticManual(try ManualSite(manual: manual, pages: pages, assets: assets, runbooks: documents))
    }

    /// As a browser joins them.
    private static func joined(_ link: String, to file: String) -> String {
        var parts = file.split(separator: "/").dropLast().map(String.init)
        for part in link.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    @Test func theFilesNameNoComputerAndNoServer() throws {
        for (name, bytes) in try Self.copy.get().files {
            let text = String(decoding: bytes, as: UTF8.self)
            for word in [RunningPortal.root, "=\"/", "href=\"http://", "src=\"http", "=\"file:"] {
                #expect(!text.contains(word), "\(name) holds \(word)")
            }
        }
    }

    @Test func aBuildIsTheSameByteForByteAndRemovesWhatIsGone() throws {
        try withDataFolder { folder in
            var files = try Self.copy.get().files
            let goneAtFirst = try ManualFolder(path: folder + "/new/manual").write(files)
            #expect(goneAtFirst == 0)
            let path = folder + "/new/manual"
            let first = try Self.contents(of: path)
            #expect(Set(first.keys) == Set(files.keys).union([ManualFolder.listName]))
            let goneAgain = try ManualFolder(path: path).write(files)
            #expect(goneAgain == 0)
            let second = try Self.contents(of: path)
            #expect(second == first)
            files["concepts/x.html"] = Array("x".utf8)
            files["old/gone.html"] = Array("x".utf8)
            let goneWithMore = try ManualFolder(path: path).write(files)
            #expect(goneWithMore == 0)
            files["concepts/x.html"] = nil
            files["old/gone.html"] = nil
            try Data().write(to: URL(fileURLWithPath: path + "/notes.txt"))
            let gone = try ManualFolder(path: path + "/").write(files)
            #expect(gone == 2)
            #expect(!FileManager.default.fileExists(atPath: path + "/old"))
            let last = try Self.contents(of: path)
            #expect(Set(last.keys) == Set(first.keys).union(["notes.txt"]), "others' files stay")
            let mode = try FileManager.default.attributesOfItem(atPath: path + "/index.html")[.posixPermissions] as? Int
            #expect(mode == 0o644)
        }
    }

    @Test func aFolderWithOtherFilesIsLeftAlone() throws {
        try withDataFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/index.html"))
            #expect(throws: ManualFolder.Refusal.self) { try ManualFolder(path: folder).write(["index.html": []]) }
            let left = try Self.contents(of: folder)
            #expect(left == ["index.html": Data("mine".utf8)])
            #expect(throws: ManualFolder.Refusal.self) {
                try ManualFolder(path: folder + "/index.html").write(["index.html": []])
            }
        }
    }

    @Test func aListThatSomebodyChangedLeadsNowhereElse() throws {
        try withDataFolder { folder in
            let path = folder + "/manual"
            _ = try ManualFolder(path: path).write(["index.html": [1]])
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/outside.html"))
            try Data("../outside.html\n/etc/hostname\na/../../outside.html\nindex.html\n".utf8)
                .write(to: URL(fileURLWithPath: path + "/" + ManualFolder.listName))
            _ = try ManualFolder(path: path).write(["index.html": [2]])
            #expect(FileManager.default.fileExists(atPath: folder + "/outside.html"))
            try FileManager.default.createSymbolicLink(atPath: path + "/concepts", withDestinationPath: folder)
            #expect(throws: ManualFolder.Refusal.self) { try ManualFolder(path: path).write(["concepts/a.html": [3]]) }
            #expect(!FileManager.default.fileExists(atPath: folder + "/a.html"))
        }
    }

    @Test func whatIsGoneIsNeverRemovedThroughALink() throws {
        try withDataFolder { folder in
            let (path, other) = (folder + "/manual", folder + "/other")
            _ = try ManualFolder(path: path).write(["index.html": [1], "old/gone.html": [2], "sub/deep/x.html": [3]])
            for place in ["gone.html", "deep/x.html"] {
                let url = URL(fileURLWithPath: other + "/" + place)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("mine".utf8).write(to: url)
            }
            for name in ["old", "sub"] {
                try FileManager.default.removeItem(atPath: path + "/" + name)
                try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: other)
            }
            let list = path + "/" + ManualFolder.listName
            try FileManager.default.createDirectory(atPath: path + "/notes", withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(fileURLWithPath: path + "/notes/a.txt"))
            try Data("index.html\nold/gone.html\nsub/deep/x.html\nnotes\n".utf8).write(to: URL(fileURLWithPath: list))
            _ = try ManualFolder(path: path).write(["index.html": [1]])
            for left in [other + "/gone.html", other + "/deep/x.html", path + "/notes/a.txt"] {
                #expect(FileManager.default.fileExists(atPath: left), "\(left)")
            }
            #expect(throws: ManualFolder.Refusal.self) {
                try ManualFolder(path: path).write(["index.html": [1], "sub/new/y.html": [4]])
            }
            #expect(!FileManager.default.fileExists(atPath: other + "/new"))
        }
    }

    @Test(arguments: [
        ("/manual", "index.html"), ("/manual/all", "all.html"), ("/manual/rules/proxy", "rules/proxy.html"),
        ("/search", "search.html"), ("/assets/site.1.css", "assets/site.1.css"),
    ])
    func anAddressIsAFile(path: String, file: String) {
        #expect(StaticManual.file(of: path) == file)
        #expect(StaticManual.way(from: "rules/proxy.html", to: file) == "../" + file)
        #expect(StaticManual.way(from: "index.html", to: file) == file)
    }

    private static func contents(of path: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
            if !isFolder.boolValue { found[name] = FileManager.default.contents(atPath: path + "/" + name) }
        }
        return found
    }
}
