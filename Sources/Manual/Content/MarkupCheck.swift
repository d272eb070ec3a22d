/// Whether the HTML of a page is well-formed: tags close in the order in which they open, ids are there once, tables name
/// their headers.
struct MarkupCheck {
    private var open: [Substring] = []
    private var ids: Set<Substring> = []
    private(set) var faults: [String] = []

    private static let empty: Set<Substring> = ["br", "hr", "img", "input", "wbr"]

    init(_ html: String) {
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...]
            guard let end = rest.firstIndex(of: ">") else {
                faults.append("A tag has no end.")
                return
            }
            take(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
        }
        if let left = open.last { faults.append("<\(left)> is not closed.") }
    }

    private mutating func take(_ tag: Substring) {
        if tag.first == "!" { return }
        let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
        if name.isEmpty { faults.append("“<\(tag)>” is no tag.") }
        if tag.first == "/" {
            if open.popLast() != name { faults.append("</\(name)> closes something else.") }
            return
        }
        if !Self.empty.contains(name) { open.append(name) }
        if name == "th" && !tag.contains("scope=\"") { faults.append("A header cell does not say what it heads.") }
        for part in tag.split(separator: " ") where part.hasPrefix("id=\"") {
            let id = part.dropFirst(4).prefix { $0 != "\"" }
            if !ids.insert(id).inserted { faults.append("The id “\(id)” is there twice.") }
        }
    }
}
