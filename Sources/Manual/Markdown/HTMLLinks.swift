import Foundation

/// The links of a page's HTML, to be led elsewhere or taken out.
public enum HTMLLinks {
    /// The HTML with every `href` of a link as `address` gives it; where that is nil, the link's words alone.
    ///
    /// Only for HTML that was made here: attributes are in double quotes, `href` may stand anywhere in the tag, links do
    /// not nest.
    public static func rewritten(_ html: String, _ address: (String) -> String?) -> String {
        var rest = html[...]
        var result = ""
        while let start = rest.range(of: "<a ") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: ">") else { break }
            let tag = rest[start.lowerBound...end]
            rest = rest[rest.index(after: end)...]
            guard let link = tag.range(of: "href=\""), let close = tag[link.upperBound...].firstIndex(of: "\"") else {
                result += tag
                continue
            }
            if let new = address(unescaped(tag[link.upperBound..<close])) {
                result += tag[..<link.upperBound] + new.escapedForHTML + tag[close...]
            } else {
                let closing = rest.range(of: "</a>")
                result += rest[..<(closing?.lowerBound ?? rest.endIndex)]
                rest = closing.map { rest[$0.upperBound...] } ?? ""
            }
        }
        return result + String(rest)
    }

    private static func unescaped(_ text: Substring) -> String {
        String(text).replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }
}
