import Templating
import Testing

/// What the language leaves out is found at start, at its place, and never on a page.
struct RefusalTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        let source: String
        let line: Int
        let says: String

        var testDescription: String { source }

        init(_ source: String, line: Int, says: String) {
            self.source = source
            self.line = line
            self.says = says
        }
    }

    static let faults: [Fault] = [
        Fault("one\n{{=<% %>=}}", line: 2, says: "delimiters"),
        Fault("one\ntwo {{&name}}", line: 2, says: "“&” is not supported"),
        Fault("{{%CONTENT_TYPE:TEXT}}", line: 1, says: "pragmas"),
        Fault("one\n\n{{> *name}}", line: 3, says: "change at run time"),
        Fault("{{upper(name)}}", line: 1, says: "lambdas"),
        Fault("{{#list}}\n{{.}}\n{{/list}}", line: 2, says: "a list holds models"),
        Fault("{{.name}}", line: 1, says: "is not supported"),
        Fault("{{}}", line: 1, says: "is not a name"),
        Fault("{{a..b}}", line: 1, says: "is not a name"),
        Fault("{{two words}}", line: 1, says: "is not a name"),
        Fault("one\n{{name", line: 2, says: "not closed with “}}”"),
        Fault("{{{name}}", line: 1, says: "not closed with “}}}”"),
        Fault("{{! a\ncomment", line: 1, says: "not closed"),
        Fault("\n{{#a}}\n{{#b}}{{/b}}", line: 2, says: "“a” is opened here and never closed"),
        Fault("{{! a\ncomment }}\n{{#a}}\n{{/b}}", line: 4, says: "“b” is closed where “a” of line 3 is open"),
        Fault("\n{{/a}}", line: 2, says: "never opened"),
        Fault("\n{{> missing}}", line: 2, says: "no template “missing”"),
        Fault("{{<missing}}{{/missing}}", line: 1, says: "no template “missing”"),
        Fault("{{<other}}\n{{$a}}", line: 2, says: "“a” is opened here"),
        Fault("{{<other}}\n{{$a}}{{/a}}\n{{$a}}{{/a}}\n{{/other}}", line: 3, says: "given twice"),
        Fault("{{<other}}\nlost\n{{/other}}", line: 1, says: "never be shown"),
        Fault("{{<other}}\n{{name}}\n{{/other}}", line: 2, says: "only blocks"),
    ]

    @Test("What is not supported is refused with file and line", arguments: faults)
    func refusedWithFileAndLine(_ fault: Fault) throws {
        let refused = refusals(["pages/proxy": fault.source, "other": ""])
        try #require(refused.count == 1)
        #expect(refused[0].hasPrefix("pages/proxy.mustache:\(fault.line): "))
        #expect(refused[0].contains(fault.says), "\(refused[0])")
    }

    @Test("A partial that includes itself is refused, and the way round is told")
    func cycleIsRefused() {
        #expect(
            refusals(["a": "\n{{> b}}", "b": "{{> a}}"]) == [
                "a.mustache:2: “b” includes itself: b → a → b",
                "b.mustache:1: “a” includes itself: a → b → a",
            ])
    }

    @Test("A fault in a block is reported in the page that holds the block, not in its layout")
    func faultInBlock() {
        let page = "\n{{<layout}}{{$a}}{{> gone}}{{/a}}{{/layout}}"
        #expect(
            refusals(["page": page, "layout": "{{$a}}{{/a}}"]) == ["page.mustache:2: there is no template “gone”"])
    }

    @Test("One start lists every faulty file, and a shared fault once")
    func allFaultsAreListed() {
        #expect(
            refusals(["a": "{{#x}}", "b": "{{/x}}", "c": "fine"]).map { $0.prefix(10) } == ["a.mustache", "b.mustache"])
        #expect(refusals(["a": "{{> shared}}", "b": "{{> shared}}", "shared": "{{> gone}}"]).count == 1)
    }

    @Test("A template nobody made is an error, and the page stays as it was")
    func unknownTemplate() throws {
        let set = try TemplateSet(sources: ["a": "x"])
        var page = Array("before".utf8)
        #expect(throws: UnknownTemplate.self) { try set.render("b", [:], into: &page) }
        #expect(page == Array("before".utf8))
        #expect(set.names == ["a"])
    }
}
