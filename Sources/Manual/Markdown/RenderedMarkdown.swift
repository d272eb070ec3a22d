/// HTML that was made from Markdown here, and may therefore go into a page as it is.
///
/// Its initializer is the synthesized one, which stays inside the module: a template can trust the type because nobody
/// else can make one.
public struct RenderedMarkdown: Sendable {
    public let html: String

    /// The same as a part of a larger page: ids begin with `prefix`, headings stand a level lower, and links lead where
    /// `target` says.
    public func asPart(of prefix: String, target: (_ link: String) -> String) -> RenderedMarkdown {
        var part = HTMLLinks.rewritten(html, target)
        for level in [4, 3, 2] {
            part = part.replacing("<h\(level) id=\"", with: "<h\(level + 1) id=\"\(prefix)-")
                .replacing("</h\(level)>", with: "</h\(level + 1)>")
        }
        return RenderedMarkdown(html: part)
    }
}

extension String {
    /// The id a heading gets: lower case, with a hyphen for every run of other characters.
    ///
    /// `proxy.port.range` becomes `proxy-port-range`. Ids are addresses that people keep, so this never changes.
    var headingID: String {
        lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
    }

    /// The text with the characters replaced that mean something in HTML. Taken scalar by scalar: a quotation mark with an accent
    /// on it is another `Character`, and a quotation mark all the same.
    var escapedForHTML: String {
        var escaped = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
