import Foundation
import Templating
import Testing

struct ModelTests {
    @Test("Equal names are one key, and a key knows its name")
    func keysAreInterned() {
        #expect(TemplateKey("address") == "address")
        #expect(TemplateKey("address") != TemplateKey("port"))
        #expect(TemplateKey("address").name == "address")
    }

    @Test("Keys made at the same time on many threads agree")
    func keysAreSafeAcrossThreads() async {
        let keys = await withTaskGroup(of: [TemplateKey].self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<200).map { TemplateKey("parallel-\($0)") } }
            }
            return await group.reduce(into: Set<[TemplateKey]>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
        #expect(keys.first?.map(\.name) == (0..<200).map { "parallel-\($0)" })
    }

    @Test("The value set last for a key stays")
    func lastValueStays() throws {
        var model: TemplateModel = ["x": "first", "x": "second"]
        #expect(try rendered("{{x}}", model) == "second")
        model["x"] = .optional(nil)
        #expect(try rendered("[{{x}}]", model) == "[]")
        model["x"] = .optional("third")
        #expect(try rendered("{{x}}", model) == "third")
    }

    @Test("A missing value in a row does not let the page's value of that name through")
    func nothingHidesOuterValues() throws {
        let model: TemplateModel = ["note": "page", "rows": [["note": .nothing], [:]]]
        #expect(try rendered("{{#rows}}[{{note}}]{{/rows}}", model) == "[][page]")
    }

    @Test("Empty text, zero, false, nothing and an empty list are false; everything else is true")
    func truth() throws {
        let template = "{{#x}}yes{{/x}}{{^x}}no{{/x}}"
        let falsehoods: [TemplateValue] = ["", 0, false, [], .nothing, .markup(Trusted(html: ""))]
        let truths: [TemplateValue] = ["0", -1, true, [[:]], .model([:]), .markup(Trusted(html: "x"))]
        for value in falsehoods {
            #expect(try rendered(template, ["x": value]) == "no", "\(value)")
        }
        for value in truths {
            #expect(try rendered(template, ["x": value]) == "yes", "\(value)")
        }
    }

    @Test("Flags are printed as words; models and lists print nothing")
    func printing() throws {
        let model: TemplateModel = ["f": true, "m": .model(["a": "x"]), "l": [["a": "x"]], "t": "a\(1)"]
        #expect(try rendered("{{f}}[{{m}}{{{l}}}]{{t}}", model) == "true[]a1")
    }

    @Test("Rendering appends to a page already begun")
    func appends() throws {
        var page = Array("<".utf8)
        try TemplateSet(sources: ["a": "b"]).render("a", [:], into: &page)
        #expect(page == Array("<b".utf8))
    }

    @Test("A folder is read with its subfolders, and faults name files by the folder")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("templates-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("pages"), withIntermediateDirectories: true)
        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        try write("<{{$content}}{{/content}}>", to: "layout.mustache")
        try write("{{<layout}}{{$content}}é{{/content}}{{/layout}}", to: "pages/proxy.mustache")
        try write("{{#ignored", to: "pages/notes.txt")
        try write("{{#ignored", to: ".draft.mustache")

        let set = try TemplateSet(directory: folder.path)
        #expect(set.names == ["layout", "pages/proxy"])
        #expect(try set.render("pages/proxy", [:]) == Array("<é>".utf8))

        try write("\n{{#open}}", to: "pages/proxy.mustache")
        let faults = try #require(throws: TemplateErrors.self) { try TemplateSet(directory: folder.path) }
        #expect(faults.description.hasPrefix("\(folder.path)/pages/proxy.mustache:2: "))
    }
}
