import Templating
import Testing

/// Cases of the Mustache specification for what is supported.
///
/// Left out with the features: `{{.}}`, `{{&name}}`, set delimiters, lambdas, dynamic names. Changed on purpose: triple
/// braces escape text.
struct SpecificationTests {
    @Test("Interpolation is as the specification says", arguments: SpecificationCase.interpolation)
    func interpolation(_ example: SpecificationCase) throws {
        #expect(try rendered(example.template, example.model, including: example.partials) == example.expected)
    }

    @Test("Sections are as the specification says", arguments: SpecificationCase.sections)
    func sections(_ example: SpecificationCase) throws {
        #expect(try rendered(example.template, example.model, including: example.partials) == example.expected)
    }

    @Test(
        "Inverted sections and comments are as the specification says",
        arguments: SpecificationCase.inverted + SpecificationCase.comments)
    func invertedSectionsAndComments(_ example: SpecificationCase) throws {
        #expect(try rendered(example.template, example.model, including: example.partials) == example.expected)
    }

    @Test(
        "Partials and inheritance are as the specification says",
        arguments: SpecificationCase.partials + SpecificationCase.inheritance)
    func partialsAndInheritance(_ example: SpecificationCase) throws {
        #expect(try rendered(example.template, example.model, including: example.partials) == example.expected)
    }
}
