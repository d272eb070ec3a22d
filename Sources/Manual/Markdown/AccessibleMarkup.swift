import Foundation

/// What cmark's HTML lacks for people who use a keyboard or a screen reader.
///
/// Raw HTML is off, so every `<` of the text is escaped, and the tags found here are cmark's own.
enum AccessibleMarkup {
    /// The element with column headers named as such, and with wide tables and code that scroll by keyboard.
    static func improved(_ html: String) -> String {
        html.replacingOccurrences(of: "<th ", with: "<th scope=\"col\" ")
            .replacingOccurrences(of: "<th>", with: "<th scope=\"col\">")
            .replacingOccurrences(of: "<table>", with: "<div class=\"scrolling\" tabindex=\"0\"><table>")
            .replacingOccurrences(of: "</table>", with: "</table></div>")
            .replacingOccurrences(of: "<pre>", with: "<pre tabindex=\"0\">")
    }

    /// The element with its tables named after the heading they stand under: they are stops of the keyboard, and a stop says
    /// what it is. A group, for a page may have a hundred, too many for landmarks.
    static func named(_ html: String, _ heading: String) -> String {
        guard html.contains("<div class=\"scrolling\"") else { return html }
        let label = "Table: \(heading)".escapedForHTML
        return html.replacingOccurrences(
            of: "<div class=\"scrolling\"", with: "<div class=\"scrolling\" role=\"group\" aria-label=\"\(label)\"")
    }
}
