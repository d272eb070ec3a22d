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
}
