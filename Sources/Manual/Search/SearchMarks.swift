/// Texts with what was found in them marked.
struct SearchMarks {
    /// The words of a snippet.
    static let snippetLength = 34
    /// The words before the first hit of a snippet.
    static let lead = 6

    /// The whole of a column, with its hits marked.
    static func whole(_ field: IndexedPassage.Field, _ hits: [Range<Int>]) -> RenderedMarkdown {
        let bytes = Array(field.text.utf8)
        return RenderedMarkdown(html: marked(bytes, field.tokens, hits, from: 0, to: bytes.count))
    }

    /// The part of a text with most hits; its beginning where there are none.
    ///
    /// - Parameter hits: the places of words, sorted, with the word of the query each belongs to.
    static func snippet(_ field: IndexedPassage.Field, _ hits: [(place: Range<Int>, word: Int)]) -> RenderedMarkdown {
        let tokens = field.tokens
        guard !tokens.isEmpty else { return RenderedMarkdown(html: "") }
        let first = max(0, bestStart(hits) - lead)
        let last = min(tokens.count, first + snippetLength) - 1
        let bytes = Array(field.text.utf8)
        let start = first == 0 ? 0 : tokens[first].start
        let end = last == tokens.count - 1 ? bytes.count : tokens[last].end
        let html = marked(bytes, tokens, hits.map(\.place), from: start, to: end)
        return RenderedMarkdown(html: (first == 0 ? "" : "… ") + html + (end == bytes.count ? "" : " …"))
    }

    /// The place of the hit after which most words of the query follow soon; of equals, the first.
    private static func bestStart(_ hits: [(place: Range<Int>, word: Int)]) -> Int {
        var (best, most) = (0, 0)
        for (index, hit) in hits.enumerated() {
            let end = hit.place.lowerBound + snippetLength - lead
            var met: UInt32 = 0
            for other in hits[index...] {
                if other.place.lowerBound >= end { break }
                met |= 1 << other.word
            }
            // Other words count for more than more of the same.
            if met.nonzeroBitCount > most { (best, most) = (hit.place.lowerBound, met.nonzeroBitCount) }
        }
        return best
    }

    /// Bytes of a text, escaped, with `<mark>` around the words of the hits.
    private static func marked(
        _ bytes: [UInt8], _ tokens: [SearchToken], _ hits: [Range<Int>], from start: Int, to end: Int
    ) -> String {
        var (html, at) = ([UInt8](), start)
        html.reserveCapacity(end - start + 64)
        for hit in joined(hits) {
            let place = tokens[hit.lowerBound].start..<tokens[min(hit.upperBound, tokens.count) - 1].end
            guard place.lowerBound >= at, place.upperBound <= end else { continue }
            html.append(escaped: bytes[at..<place.lowerBound])
            html.append(contentsOf: "<mark>".utf8)
            html.append(escaped: bytes[place])
            html.append(contentsOf: "</mark>".utf8)
            at = place.upperBound
        }
        html.append(escaped: bytes[at..<end])
        return String(decoding: html, as: UTF8.self)
    }

    /// Places without overlaps, from sorted ones.
    private static func joined(_ places: [Range<Int>]) -> [Range<Int>] {
        places.reduce(into: []) { joined, place in
            guard let last = joined.last, place.lowerBound < last.upperBound else {
                joined.append(place)
                return
            }
            joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, place.upperBound)
        }
    }
}

extension [UInt8] {
    /// Appends UTF-8 with the characters replaced that mean something in HTML.
    fileprivate mutating func append(escaped bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): append(contentsOf: "&#39;".utf8)
            default: append(byte)
            }
        }
    }
}
