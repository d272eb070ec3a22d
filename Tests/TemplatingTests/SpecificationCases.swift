import Templating
import Testing

/// A template with its model and partials, and what the Mustache specification says it gives.
struct SpecificationCase: CustomTestStringConvertible, Sendable {
    let name: String
    let template: String
    let model: TemplateModel
    let partials: [String: String]
    let expected: String

    var testDescription: String { name }

    init(
        _ name: String, _ template: String, _ model: TemplateModel = [:], _ partials: [String: String] = [:],
        gives expected: String
    ) {
        self.name = name
        self.template = template
        self.model = model
        self.partials = partials
        self.expected = expected
    }
}

extension SpecificationCase {
    private typealias Case = SpecificationCase

    private static let nested: TemplateModel = ["a": .model(["b": .model(["c": "deep"])]), "c": "outer"]
    private static let rows: TemplateModel = ["list": [["n": 1], ["n": 2], ["n": 3]]]

    static let interpolation: [SpecificationCase] = [
        Case("No interpolation", "Hello from {Mustache}!\n", gives: "Hello from {Mustache}!\n"),
        Case("Basic", "Hello, {{subject}}!\n", ["subject": "world"], gives: "Hello, world!\n"),
        Case("No re-interpolation", "{{a}}: {{b}}", ["a": "{{b}}", "b": "3"], gives: "{{b}}: 3"),
        Case("HTML escaping", "{{x}}", ["x": "& \" < > '"], gives: "&amp; &quot; &lt; &gt; &#39;"),
        Case("Triple braces", "{{{x}}}", ["x": .markup(Trusted(html: "<b>&"))], gives: "<b>&"),
        Case("Integer", "\"{{mph}} miles an hour!\"", ["mph": 85], gives: "\"85 miles an hour!\""),
        Case("Context miss", "I ({{cannot}}) be seen!", gives: "I () be seen!"),
        Case("Dotted names", "{{a.b.c}}", nested, gives: "deep"),
        Case("Broken chain", "[{{a.b.c.d}}{{a.x.c}}]", nested, gives: "[]"),
        Case("A broken chain does not climb", "[{{a.c}}]", nested, gives: "[]"),
        Case("First part resolves in scope", "{{#a}}{{#b}}{{a.b.c}}{{/b}}{{/a}}", nested, gives: "deep"),
        Case("Surrounding whitespace", "| {{x}} |", ["x": "---"], gives: "| --- |"),
        Case("Standalone", "  {{x}}\n", ["x": "---"], gives: "  ---\n"),
        Case("With padding", "|{{ x }}{{{ x }}}|", ["x": "-"], gives: "|--|"),
    ]

    static let sections: [SpecificationCase] = [
        Case("Truthy", "{{#b}}shown{{/b}}", ["b": true], gives: "shown"),
        Case("Falsy", "\"{{#b}}hidden{{/b}}\"", ["b": false], gives: "\"\""),
        Case("Absent", "[{{#x}}hidden{{/x}}]", gives: "[]"),
        Case("Context", "{{#a}}{{n}}{{/a}}", ["a": .model(["n": "Joe"])], gives: "Joe"),
        Case("Parent contexts", "{{#a}}{{#b}}{{x}}{{c}}{{/b}}{{/a}}", ["x": 1, "a": nested["a"]], gives: "1deep"),
        Case("An inner scope hides an outer", "{{c}} {{#a.b}}{{c}}{{/a.b}} {{c}}", nested, gives: "outer deep outer"),
        Case("List", "{{#list}}{{n}}{{/list}}", rows, gives: "123"),
        Case("Empty list", "[{{#list}}x{{/list}}]", ["list": []], gives: "[]"),
        Case(
            "Doubled", "{{#b}}\n* one\n{{/b}}\n* two\n{{#b}}\n* 3\n{{/b}}\n", ["b": true], gives: "* one\n* two\n* 3\n"),
        Case("Nested truthy", "A{{#b}}B{{#b}}C{{/b}}D{{/b}}E", ["b": true], gives: "ABCDE"),
        Case("Nested falsy", "A{{#b}}B{{#b}}C{{/b}}D{{/b}}E", ["b": false], gives: "AE"),
        Case("Dotted names", "{{#a.b.c}}Here{{/a.b.c}}", nested, gives: "Here"),
        Case("Inner whitespace", " | {{#b}} {{! x\n }}\n {{/b}} | \n", ["b": true], gives: " |  \n  | \n"),
        Case("Indented inline", " {{#b}}YES{{/b}}\n {{#b}}GOOD{{/b}}\n", ["b": true], gives: " YES\n GOOD\n"),
        Case("Standalone lines", "| This\n{{#b}}\n|\n{{/b}}\n| A\n", ["b": true], gives: "| This\n|\n| A\n"),
        Case("Indented standalone lines", "|\n  {{#b}}\n|\n  {{/b}}\n|\n", ["b": true], gives: "|\n|\n|\n"),
        Case("Windows line ends", "|\r\n{{#b}}\r\n{{/b}}\r\n|", ["b": true], gives: "|\r\n|"),
        Case("No line before", "  {{#b}}\n#{{/b}}\n/", ["b": true], gives: "#\n/"),
        Case("No line after", "#{{#b}}\n/\n  {{/b}}", ["b": true], gives: "#\n/\n"),
        Case("Padding", "|{{# b }}={{/ b }}|", ["b": true], gives: "|=|"),
    ]

    static let inverted: [SpecificationCase] = [
        Case("Falsy", "{{^b}}shown{{/b}}", ["b": false], gives: "shown"),
        Case("Truthy", "[{{^b}}hidden{{/b}}]", ["b": true], gives: "[]"),
        Case("Absent", "{{^x}}shown{{/x}}", gives: "shown"),
        Case("Model", "[{{^a}}hidden{{/a}}]", nested, gives: "[]"),
        Case("List", "[{{^list}}hidden{{/list}}]", rows, gives: "[]"),
        Case("Empty list", "{{^list}}shown{{/list}}", ["list": []], gives: "shown"),
        Case("Broken chain", "{{^a.x.c}}Not here{{/a.x.c}}", nested, gives: "Not here"),
        Case("Standalone", "|\n {{^b}}\n|\n {{/b}} \n|\n", ["b": false], gives: "|\n|\n|\n"),
    ]

    static let comments: [SpecificationCase] = [
        Case("Inline", "12345{{! Comment! }}67890", gives: "1234567890"),
        Case("Several lines", "12345{{!\n  several\n  lines\n}}67890\n", gives: "1234567890\n"),
        Case("Standalone", "Begin.\n  {{! Comment! }}\nEnd.\n", gives: "Begin.\nEnd.\n"),
        Case("Several standalone lines", "Begin.\n  {{!\n  x\n  }}\nEnd.\n", gives: "Begin.\nEnd.\n"),
        Case("Windows line ends", "|\r\n{{! x }}\r\n|", gives: "|\r\n|"),
        Case("No line before", "  {{! x }}\n!", gives: "!"),
        Case("No line after", "!\n  {{! x }}", gives: "!\n"),
        Case("Indented inline", "  12 {{! 34 }}\n", gives: "  12 \n"),
    ]

    static let partials: [SpecificationCase] = [
        Case("Basic", "\"{{>text}}\"", [:], ["text": "from partial"], gives: "\"from partial\""),
        Case("Context", "\"{{>partial}}\"", ["text": "content"], ["partial": "*{{text}}*"], gives: "\"*content*\""),
        Case("Surrounding whitespace", "| {{>partial}} |", [:], ["partial": "\t|\t"], gives: "| \t|\t |"),
        Case("Inline indentation", "  {{x}}  {{> p}}\n", ["x": "|"], ["p": ">\n>"], gives: "  |  >\n>\n"),
        Case("Windows line ends", "|\r\n{{>p}}\r\n|", [:], ["p": ">"], gives: "|\r\n>|"),
        Case("No line before", "  {{>p}}\n>", [:], ["p": ">\n>"], gives: "  >\n  >>"),
        Case("No line after", ">\n  {{>p}}", [:], ["p": ">\n>"], gives: ">\n  >\n  >"),
        Case(
            "Indentation is put before lines, not into values", "\\\n {{>p}}\n/\n", ["x": "<\n-"],
            ["p": "|\n{{{x}}}\n|\n"], gives: "\\\n |\n &lt;\n-\n |\n/\n"),
        Case("Padding", "|{{> p }}|", [:], ["p": "[]"], gives: "|[]|"),
    ]

    static let inheritance: [SpecificationCase] = [
        Case("Default", "{{$title}}Default title{{/title}}\n", gives: "Default title\n"),
        Case("Variable in default", "{{$t}}say {{x}}{{/t}}", ["x": "hi"], gives: "say hi"),
        Case("Not overridden", "{{<p}}{{/p}}", [:], ["p": "|{{$x}}default{{/x}}|"], gives: "|default|"),
        Case("Overridden", "{{<p}}{{$x}}mine{{/x}}{{/p}}", [:], ["p": "|{{$x}}default{{/x}}|"], gives: "|mine|"),
        Case(
            "Same block twice", "{{<p}}{{$x}}A{{/x}}{{/p}}", [:], ["p": "{{$x}}1{{/x}} {{$x}}2{{/x}}"], gives: "A A"),
        Case(
            "The outermost override counts", "{{<p}}{{$x}}c{{/x}}{{/p}}", [:],
            ["p": "{{<g}}{{$x}}p{{/x}}{{/g}}", "g": "{{$x}}g{{/x}}"], gives: "c"),
        Case(
            "A block takes on the indentation of its slot", "{{<p}}\n{{$x}}\n    one\n      two\n{{/x}}\n{{/p}}\n", [:],
            ["p": "Hi,\n  {{$x}}\n  {{/x}}\n!\n"], gives: "Hi,\n  one\n    two\n!\n"),
    ]
}
