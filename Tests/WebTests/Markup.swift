/// What tests look at in a page, read from its text: the templates write every attribute in double quotes.
struct Markup {
    let text: String

    init(_ text: String) { self.text = text }

    var ids: [String] { values(of: "id") }

    /// The ids that links of this page lead to.
    var fragmentLinks: [String] {
        values(of: "href").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
    }

    /// Ids that are named and not there, or there twice.
    var brokenReferences: [String] {
        let ids = ids
        let named =
            fragmentLinks + values(of: "for")
            + (values(of: "aria-describedby") + values(of: "aria-labelledby")).flatMap {
                $0.split(separator: " ").map(String.init)
            }
        let twice = Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys
        return named.filter { !ids.contains($0) } + twice
    }

    /// Headings that leave out a level, in the order of the page.
    var headingJumps: [String] {
        let levels = text.split(separator: "<h", omittingEmptySubsequences: false).dropFirst().compactMap {
            $0.first?.wholeNumberValue
        }
        return zip([0] + levels, levels).filter { $1 > $0 + 1 }.map { "h\($0) to h\($1)" }
    }

    func values(of attribute: String) -> [String] {
        text.split(separator: " \(attribute)=\"", omittingEmptySubsequences: false).dropFirst().map {
            String($0.prefix { $0 != "\"" }).unescaped
        }
    }

    /// What the page's first form would send, if nothing were typed and its boxes stood as they are.
    var controlsOfFirstForm: [(String, String)] {
        guard let start = text.firstRange(of: "method=\"post\""),
            let end = text[start.upperBound...].firstRange(of: "</form>")
        else { return [] }
        return text[start.upperBound..<end.lowerBound].split(separator: "<input ").dropFirst().compactMap { part in
            let tag = Markup(" " + part.prefix { $0 != ">" })
            guard let name = tag.values(of: "name").first else { return nil }
            if tag.values(of: "type") == ["checkbox"], !tag.text.contains(" checked") { return nil }
            return (name, tag.values(of: "value").first ?? "")
        }
    }
}

extension String {
    var unescaped: String {
        replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
