/// HTML that is put into a page as it is.
///
/// A conformance is a promise that `html` holds nothing a stranger wrote unescaped, so the portal has exactly one.
public protocol TrustedHTML: Sendable {
    /// The markup, ready for the page.
    var html: String { get }
}

/// One value of a template's model.
public enum TemplateValue: Sendable {
    /// Text, escaped wherever it is printed. As a section it is true unless empty.
    case text(String)
    /// A whole number. As a section it is true unless zero.
    case number(Int)
    /// A condition; printed as `true` or `false`.
    case flag(Bool)
    /// Trusted HTML: raw in `{{{name}}}`, escaped in `{{name}}`. As a section it is true unless empty.
    indirect case markup(any TrustedHTML)
    /// A scope of its own; always true as a section.
    case model(TemplateModel)
    /// A section over it is rendered once for each element, with the element as innermost scope.
    case list([TemplateModel])
    /// Prints nothing and is false; it hides a value of the same name in an outer scope.
    case nothing

    /// The text, or `.nothing` when there is none.
    public static func optional(_ text: String?) -> TemplateValue {
        text.map(TemplateValue.text) ?? .nothing
    }

    /// Whether a section that makes no scope of its own is rendered.
    var isTrue: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .number(let number): number != 0
        case .flag(let flag): flag
        case .markup(let markup): !markup.html.isEmpty
        case .model: true
        case .list(let models): !models.isEmpty
        case .nothing: false
        }
    }
}

extension TemplateValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral
{
    /// `.text`, from a literal with or without interpolations.
    public init(stringLiteral text: String) {
        self = .text(text)
    }

    /// `.number`, from a literal.
    public init(integerLiteral number: Int) {
        self = .number(number)
    }

    /// `.flag`, from a literal.
    public init(booleanLiteral flag: Bool) {
        self = .flag(flag)
    }

    /// `.list`, from a literal of models.
    public init(arrayLiteral models: TemplateModel...) {
        self = .list(models)
    }
}
