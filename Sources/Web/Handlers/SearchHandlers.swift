import Manual
import Pages

extension Route {
    /// The address of the manual that is meant by one with a slash at its end, as people type it; nil for any other.
    init?(manualWithSlash path: String) {
        guard path.hasSuffix("/"), let route = Route(path: String(path.dropLast())) else { return nil }
        switch route {
        case .manual, .wholeManual, .manualAlphabet, .manualPage: self = route
        default: return nil
        }
    }

    /// The words of an address that is no page, for a search: `/manual/how-to/change-proxy.html` becomes `change proxy`.
    static func words(ofUnknown path: Substring) -> String {
        let parts = path.split(separator: "/").map { String($0).percentDecoded(plusIsSpace: false) ?? "" }
        let places = Set(["manual", "search"] + ManualPage.Section.allCases.map(\.rawValue))
        let telling = parts.enumerated().filter { $0.offset == parts.count - 1 || !places.contains($0.element) }
        let text = telling.map(\.element).joined(separator: " ")
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
        let endings = [".html", ".htm", ".aspx", ".md", ".php"]
        return words.map { word in
            endings.first { word.hasSuffix($0) }.map { String(word.dropLast($0.count)) } ?? String(word)
        }.joined(separator: " ")
    }
}
