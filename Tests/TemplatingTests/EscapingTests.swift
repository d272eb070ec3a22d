import Mustache
import Templating
import Testing

struct EscapingTests {
    static let attack = "<script>alert('x')</script>"
    static let harmless = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"

    @Test(
        "A script in any text is escaped, in whatever braces and wherever it stands",
        arguments: ["{{x}}", "{{{x}}}", "{{#m}}{{{x}}}{{/m}}", "{{m.x}}", "{{{m.x}}}", "{{#l}}{{x}}{{/l}}", "{{> p}}"])
    func scriptIsEscaped(template: String) throws {
        let text = TemplateValue.text(Self.attack)
        let model: TemplateModel = ["x": text, "m": .model(["x": text]), "l": [["x": text]]]
        #expect(try rendered(template, model, including: ["p": "{{{x}}}"]) == Self.harmless)
    }

    @Test("Trusted HTML is raw in triple braces only")
    func trustedHTML() throws {
        let model: TemplateModel = ["x": .markup(Trusted(html: "<b>é</b>"))]
        #expect(try rendered("{{{x}}} {{x}}", model) == "<b>é</b> &lt;b&gt;é&lt;/b&gt;")
    }

    @Test("Text in any script comes out as it went in", arguments: ["", "é", "Zürich – 東京 🛰", "a\u{0}b", "\r\n"])
    func otherTextIsUntouched(text: String) throws {
        #expect(try rendered("{{x}}", ["x": .text(text)]) == text)
    }

    @Test("A combining mark does not save a bracket from being escaped")
    func combiningMark() throws {
        let text = "<\u{301}b>"
        #expect(try rendered("{{x}}", ["x": .text(text)]) == "&lt;\u{301}b&gt;")
        // swift-mustache escapes whole characters, and a bracket with a mark is another character: it stays raw there.
        #expect(try MustacheTemplate(string: "{{x}}").render(["x": text]) == "<\u{301}b&gt;")
    }
}
