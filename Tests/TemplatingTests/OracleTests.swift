import Mustache
import Templating
import Testing

/// The same template and model through swift-mustache and through us: the same bytes.
struct OracleTests {
    @Test("Random templates render as swift-mustache renders them", arguments: 0..<10)
    func sameBytes(batch: UInt64) throws {
        for seed in (batch * 220)..<(batch * 220 + 220) {
            var random = RandomTemplates(seed: seed)
            let sources = random.sources()
            let model = random.model(depth: 3)
            let ours = try TemplateSet(sources: sources).render("page", model.ours)
            let theirs = try Self.oracle(sources, model.theirs)
            try #require(String(decoding: ours, as: UTF8.self) == theirs, "seed \(seed): \(sources)")
        }
    }

    @Test("The random templates are worth comparing: every feature occurs, and most pages are not empty")
    func generatorCovers() throws {
        let all = (0..<300).map { seed in
            var random = RandomTemplates(seed: UInt64(seed))
            return random.sources()
        }
        let text = all.flatMap(\.values).joined()
        let values = ["{{t", "{{{t", "{{{k", "{{k", "{{n", "{{f", "{{m0."]
        let others = ["{{#", "{{^", "{{!", "{{>", "\n  {{>", "{{<", "{{$", "\r\n"]
        for tag in values + others {
            #expect(text.contains(tag), "\(tag) never occurs")
        }
        #expect(all.count { ($0["page"]?.utf8.count ?? 0) > 100 } > 100)
    }

    private static func oracle(_ sources: [String: String], _ model: [String: Any]) throws -> String {
        let templates = try sources.mapValues { try MustacheTemplate(string: translated($0)) }
        return try #require(MustacheLibrary(templates: templates).render(model, withTemplate: "page"))
    }

    /// The one difference in meaning: for us triple braces do not unescape text, and only texts are named `t`.
    private static func translated(_ source: String) -> String {
        source.replacing(/\{\{\{((?:m\d\.)*t\d)\}\}\}/) { "{{\($0.output.1)}}" }
    }
}

/// A text, number or absent value as swift-mustache has to see it: for swift-mustache alone the empty text and zero are
/// true in a section.
struct OracleValue: MustacheCustomRenderable {
    let renderText: String
    let isNull: Bool
}
