import Mustache
import Templating
import Testing

/// Partials and layouts where this module decides for itself.
struct InclusionTests {
    @Test("A page fills the layout's slot")
    func layout() throws {
        let layout = "<main>\n    {{$content}}{{/content}}\n</main>\n"
        let page = "{{<layout}}\n{{$content}}\n<h1>{{title}}</h1>\n<p>\n{{/content}}\n{{/layout}}\n"
        #expect(
            try rendered(page, ["title": "A & B"], including: ["layout": layout])
                == "<main>\n    <h1>A &amp; B</h1>\n    <p>\n\n</main>\n")
    }

    @Test("A block may hold the same component again, with its own block")
    func nestedComponent() throws {
        let page = "{{<card}}{{$body}}1{{<card}}{{$body}}2{{/body}}{{/card}}{{/body}}{{/card}}"
        #expect(try rendered(page, including: ["card": "({{$body}}{{/body}})"]) == "(1(2))")
    }

    @Test("A component on a line of its own inside a block keeps both indentations")
    func indentationAddsUp() throws {
        let layout = "<x>\n  {{$content}}\n  {{/content}}\n"
        let others = ["layout": layout, "list": "<ul>\n  {{> item}}\n", "item": "<li>\n"]
        let page = "{{<layout}}\n{{$content}}\n  {{> list}}\n{{/content}}\n{{/layout}}\n"
        #expect(try rendered(page, including: others) == "<x>\n  <ul>\n    <li>\n")
    }

    @Test("A partial within a line goes on in that line, and its other lines are indented like it")
    func inlinePartialInIndentedPartial() throws {
        let others = ["p": "a {{> q}}\n", "q": "b\nc"]
        #expect(try rendered("  {{> p}}\n", including: others) == "  a b\n  c\n")
    }

    @Test("Every element of a list in an indented partial is indented")
    func listInIndentedPartial() throws {
        let (page, partial) = ("  {{> p}}\n", "-\n{{#l}}\n{{x}}\n{{/l}}\n")
        let ours = try rendered(page, ["l": [["x": 1], ["x": 2]]], including: ["p": partial])
        #expect(ours == "  -\n  1\n  2\n")
        // swift-mustache indents the first element only; the specification indents each line of the partial's source.
        let library = MustacheLibrary(templates: ["p": try MustacheTemplate(string: partial)])
        let theirs = try MustacheTemplate(string: page).render(["l": [["x": 1], ["x": 2]]], library: library)
        #expect(theirs == "  -\n  1\n2\n")
    }

    @Test("An indented partial that prints nothing leaves no blanks behind, and one without line break no gap")
    func edgesOfIndentedPartials() throws {
        let (page, empty, open) = ("  {{> p}}\n", "{{#b}}\nx\n{{/b}}\n", "a\n{{x}}")
        #expect(try rendered(page, including: ["p": empty]) == "")
        #expect(try rendered(page, including: ["p": open]) == "  a\n  ")
        // swift-mustache prints the first blanks in any case, and later ones only before something that is not empty.
        let library = try MustacheLibrary(templates: [
            "p": MustacheTemplate(string: empty), "open": MustacheTemplate(string: open),
        ])
        let model = ["b": false]
        #expect(try MustacheTemplate(string: page).render(model, library: library) == "  ")
        #expect(try MustacheTemplate(string: "  {{> open}}\n").render(model, library: library) == "  a\n")
    }

    @Test("A tag followed only by blanks at the end of the file stands alone")
    func blanksAtTheEnd() throws {
        let template = "x\n{{! note }}  "
        #expect(try rendered(template) == "x\n")
        // swift-mustache asks for a line break behind the blanks, so it prints them.
        #expect(try MustacheTemplate(string: template).render([String: String]()) == "x\n  ")

        let comments = "x\n  {{! one }}{{! two }}"
        #expect(try rendered(comments) == "x\n  ")
        // Blanks before two comments belong to a line with two tags and stay; swift-mustache forgets them at the end.
        #expect(try MustacheTemplate(string: comments).render([String: String]()) == "x\n")
    }

    @Test("Whether a tag stands alone does not depend on the tag that opened its section")
    func standaloneIsAboutOneLine() throws {
        let template = "{{#b}} x\n{{/b}}\n{{#b}}\ny\n{{/b}}\n"
        #expect(try rendered(template, ["b": true]) == " x\ny\n")
        // swift-mustache keeps, behind a closing tag, what it found about the opening tag, and prints an empty line.
        #expect(try MustacheTemplate(string: template).render(["b": true]) == " x\n\ny\n")
    }

    @Test("Partials are indented whatever ends their lines")
    func indentationWithWindowsLineEnds() throws {
        let (page, partial) = ("  {{> p}}\r\n", "a\r\nb\r\n")
        #expect(try rendered(page, including: ["p": partial]) == "  a\r\n  b\r\n")
        // swift-mustache asks whether the last character is "\n", and in Swift "\r\n" is a character of its own.
        let library = MustacheLibrary(templates: ["p": try MustacheTemplate(string: partial)])
        let theirs = try MustacheTemplate(string: page).render([String: String](), library: library)
        #expect(theirs == "  a\r\nb\r\n")
    }

    @Test("What stands in a slot by default is printed as it is written")
    func defaultKeepsItsIndentation() throws {
        let layout = "<x>\n  {{$a}}\n    default\n  {{/a}}\n"
        #expect(try rendered("{{> layout}}", including: ["layout": layout]) == "<x>\n    default\n")
    }

    @Test("A block written within a line starts at its slot's indentation")
    func inlineBlockInStandaloneSlot() throws {
        let layout = "<x>\n  {{$a}}\n  {{/a}}\n"
        #expect(try rendered("{{<layout}}{{$a}}b{{/a}}{{/layout}}", including: ["layout": layout]) == "<x>\n  b")
    }

    @Test("Partials that nest without end are refused, not expanded until memory is gone")
    func deepNesting() {
        let sources = Dictionary(uniqueKeysWithValues: (0..<120).map { ("t\($0)", "{{> t\($0 + 1)}}") })
        let refused = refusals(sources.merging(["t120": ""]) { old, _ in old })
        #expect(refused.first?.hasSuffix("nested more than 100 deep") == true)
    }
}
