import Foundation

/// The links of a page's HTML, to be led elsewhere or taken out.
public enum HTMLLinks {
    /// The HTML with every `href` of a link as `address` gives it; where that is nil, the link's words alone.
    ///
    /// Only for HTML that was made here: attributes are in double quotes, `href` may stand anywhere in the tag, links do
    /// not nest.
    public static func rewritten(_ html: String, _ address: (String) -> String?) -> String {
        let text = Bytes(html)
        var result: [UInt8] = []
        result.reserveCapacity(text.all.count)
        var at = 0
        while let start = text.place(of: "<a ", from: at) {
            result += text.all[at..<start]
            at = start
            guard let end = text.place(of: ">", from: start) else { break }
            at = end + 1
            guard let link = text.place(of: "href=\"", from: start).map({ $0 + 6 }), link < end,
                let close = text.place(of: "\"", from: link)
            else {
                result += text.all[start..<at]
                continue
            }
            if let new = address(unescaped(text.all[link..<close])) {
                result += text.all[start..<link]
                result += new.escapedForHTML.utf8
                result += text.all[close..<at]
            } else {
                let closing = text.place(of: "</a>", from: at)
                result += text.all[at..<(closing ?? text.all.count)]
                at = closing.map { $0 + 4 } ?? text.all.count
            }
        }
        result += text.all[at...]
        return String(decoding: result, as: UTF8.self)
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.utf8.contains(UInt8(ascii: "&"))
            ? text.replacing("&quot;", with: "\"").replacing("&amp;", with: "&") : text
    }

    /// A text as bytes: a page may have thousands of links, and each is found in the time that its own part takes.
    private struct Bytes {
        let all: [UInt8]

        init(_ text: String) { all = Array(text.utf8) }

        /// Where a mark next begins.
        func place(of mark: StaticString, from start: Int) -> Int? {
            all.withUnsafeBytes { bytes -> Int? in
                guard let base = bytes.baseAddress else { return nil }
                var at = start
                while at + mark.utf8CodeUnitCount <= bytes.count {
                    guard let next = memchr(base + at, CInt(mark.utf8Start.pointee), bytes.count - at) else {
                        return nil
                    }
                    at = UnsafeRawPointer(next) - base
                    if at + mark.utf8CodeUnitCount <= bytes.count,
                        memcmp(next, mark.utf8Start, mark.utf8CodeUnitCount) == 0
                    {
                        return at
                    }
                    at += 1
                }
                return nil
            }
        }
    }
}
