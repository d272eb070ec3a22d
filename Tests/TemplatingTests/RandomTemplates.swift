import Templating
import TestSupport

/// Makes random templates and models; the same seed makes the same ones.
///
/// A key's letter says its kind: `t` text, `n` number, `f` flag, `k` trusted HTML, `m` model, `l` list, `s` list of at
/// most one.
///
/// The generator keeps clear of where swift-mustache reads the specification its own way, which `InclusionTests` pins
/// down: sections whose tags are not both alone or both inline, blanks or comments at the end of a file, longer lists
/// in indented partials, indented partials that begin with a tag or end within a line, and indentation together with
/// Windows line ends.
struct RandomTemplates {
    private var random: SeededGenerator
    private let newline: String
    /// What partials and slots are indented by.
    private let indentation: String

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        newline = random.chance(4) ? "\r\n" : "\n"
        indentation = newline == "\n" ? random.pick(["  ", "\t", "    "]) : ""
    }

    /// How a piece of template may be written where it stands.
    struct Place {
        var depth: Int
        /// Names of the partials that may be included anywhere.
        var partials: [String]
        /// Names of the partials that may be indented.
        var steady: [String]
        /// Whether the piece may be rendered indented.
        var isIndented = false
    }

    /// A page with its partials and its layout, by name; `page` is the one to render.
    mutating func sources() -> [String: String] {
        var sources: [String: String] = [:]
        var place = Place(depth: 2, partials: [], steady: [])
        for name in ["q0", "parts/q1"] {
            place.isIndented = true
            sources[name] = steadyLines(place)
            place.steady.append(name)
        }
        place.isIndented = false
        for name in ["p0", "parts/p1"] {
            sources[name] = ended(lines(place))
            place.partials.append(name)
        }
        place.depth = 3
        sources["layout"] = ended(layout(place))
        sources["page"] = ended(random.chance(3) ? page(place) : lines(place))
        return sources
    }

    // MARK: Pages and layouts

    private mutating func layout(_ place: Place) -> String {
        lines(place) + "{{$title}}\(inline(place)){{/title}}" + newline + line(place)
            + "{{$content}}" + newline + lines(place) + "{{/content}}" + newline + line(place)
            + indentation + "{{$aside}}{{/aside}}" + newline + lines(place)
    }

    private mutating func page(_ place: Place) -> String {
        var steady = place
        steady.isIndented = true
        var blocks: [String] = []
        if random.chance(2) { blocks.append("{{$title}}\(inline(place)){{/title}}" + newline) }
        if random.chance(2) { blocks.append(block("content", indented(lines(place)))) }
        if random.chance(2) { blocks.append(block("aside", indented(steadyLines(steady)))) }
        let around = random.chance(2) ? line(place) : ""
        return around + "{{<layout}}" + newline + blocks.joined() + "{{/layout}}" + newline + around
    }

    private func block(_ name: String, _ body: String) -> String {
        "  {{$\(name)}}" + newline + body + "  {{/\(name)}}" + newline
    }

    private mutating func indented(_ text: String) -> String {
        let blanks = random.pick(["", "    "])
        return text.split(separator: newline, omittingEmptySubsequences: false).dropLast()
            .map { blanks + $0 + newline }.joined()
    }

    /// Sometimes without the last line break; never with blanks or a comment at the end.
    private mutating func ended(_ text: String) -> String {
        let trimmed = String(text.reversed().drop { $0.isWhitespace }.reversed())
        return random.chance(3) && !trimmed.hasSuffix("{{! note }}") ? trimmed : text
    }

    // MARK: Lines

    /// Lines that begin with a word: what may be indented from outside.
    private mutating func steadyLines(_ place: Place) -> String {
        "word " + inline(place) + newline + lines(place)
    }

    private mutating func lines(_ place: Place) -> String {
        (0..<random.below(7)).map { _ in line(place) }.joined()
    }

    private mutating func line(_ place: Place) -> String {
        let blanks = random.pick(["", "", "  ", "\t", "    "])
        let after = random.pick(["", "", " "]) + newline
        switch random.below(6) {
        case 0 where place.depth > 0: return standaloneSection(place, blanks, after)
        case 1: return blanks + random.pick(["{{! note }}", "{{!\n  two lines\n}}", "{{!}}"]) + after
        case 2 where !place.steady.isEmpty: return indentation + "{{> \(random.pick(place.steady))}}" + after
        case 3 where !place.partials.isEmpty && !place.isIndented: return "{{>\(random.pick(place.partials))}}" + after
        case 4: return blanks + newline
        default: return blanks + inline(place) + newline
        }
    }

    private mutating func standaloneSection(_ place: Place, _ blanks: String, _ after: String) -> String {
        var inner = place
        inner.depth -= 1
        let name = sectionName(kinds: place.isIndented ? "tnfkms" : "tnfkmls")
        return blanks + "{{\(random.pick(["#", "#", "^"]))\(name)}}" + after + lines(inner) + blanks + "{{/ \(name) }}"
            + after
    }

    // MARK: Within a line

    private mutating func inline(_ place: Place) -> String {
        (0..<(1 + random.below(4))).map { _ in piece(place) }.joined()
    }

    private mutating func piece(_ place: Place) -> String {
        switch random.below(10) {
        case 0, 1: return random.pick(["x", " ", "Café ", "<p class=\"a\">", "a{b} ", "&amp; '"])
        case 2: return "{{! note }}"
        case 3 where place.depth > 0: return inlineSection(place)
        case 5 where !place.partials.isEmpty && !place.isIndented: return "x{{> \(random.pick(place.partials))}}"
        case 6: return "{{{\(path())\(random.pick(["t0", "t1", "k0", "k1"]))}}}"
        default: return "{{\(path())\(random.pick(["t0", "t1", "t2", "n0", "n1", "f0", "k0", "k1", "absent"]))}}"
        }
    }

    private mutating func inlineSection(_ place: Place) -> String {
        var inner = place
        inner.depth -= 1
        let name = sectionName(kinds: "tnfkmls")
        return "{{\(random.pick(["#", "#", "^"]))\(name)}}" + inline(inner) + "{{/\(name)}}"
    }

    private mutating func sectionName(kinds: String) -> String {
        path() + "\(random.pick(Array(kinds)))\(random.below(2))"
    }

    private mutating func path() -> String {
        random.pick(["", "", "", "m0.", "m1.m0."])
    }

    // MARK: Models

    /// One model in both forms.
    mutating func model(depth: Int) -> (ours: TemplateModel, theirs: [String: Any]) {
        var ours = TemplateModel()
        var theirs: [String: Any] = [:]
        for kind in "tnfkmls" where depth > 0 || !"mls".contains(kind) {
            for name in ["\(kind)0", "\(kind)1"] where !random.chance(4) {
                let value = value(kind, depth: depth)
                ours[TemplateKey(name)] = value.ours
                theirs[name] = value.theirs
            }
        }
        return (ours, theirs)
    }

    private mutating func value(_ kind: Character, depth: Int) -> (ours: TemplateValue, theirs: Any) {
        let text = random.pick(["", "plain", "<script>'\"&", "two\nlines", "Zürich 東京", "{{t0}}", "&amp;"])
        switch kind {
        case "t" where random.chance(8): return (.nothing, OracleValue(renderText: "", isNull: true))
        case "t": return (.text(text), OracleValue(renderText: text, isNull: text.isEmpty))
        case "k": return (.markup(Trusted(html: text)), OracleValue(renderText: text, isNull: text.isEmpty))
        case "n":
            let number = random.pick([0, 1, -7, Int.min])
            return (.number(number), OracleValue(renderText: "\(number)", isNull: number == 0))
        case "f":
            let flag = random.chance(2)
            return (.flag(flag), flag)
        case "m":
            let inner = model(depth: depth - 1)
            return (.model(inner.ours), inner.theirs)
        default:
            let models = (0..<random.below(kind == "s" ? 2 : 4)).map { _ in model(depth: depth - 1) }
            return (.list(models.map(\.ours)), models.map(\.theirs))
        }
    }
}

extension SeededGenerator {
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// True once in so many times.
    mutating func chance(_ times: Int) -> Bool { below(times) == 0 }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}
