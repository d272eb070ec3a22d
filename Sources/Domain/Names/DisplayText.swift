/// A line of text that people read and nothing resolves: a site's name, a version, a forest.
public struct DisplayText: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    private init(text: String) { self.text = text }

    public static let longest = 255
    public var description: String { text }

    /// Reads a text; blank is for the field to judge, and never comes here.
    public static func check(_ text: String, label: @autoclosure () -> String) -> Checked<DisplayText> {
        let scan = TextScan(text)
        if !scan.hasControl, !scan.hasBidirectional, scan.byteCount <= longest {
            return .value(DisplayText(text: text))
        }
        let label = label()
        var problems: [Problem] = []
        if scan.hasControl {
            problems.append(
                Problem(.textControl, "\(label) contains a control character, which cannot be seen. Type it anew."))
        }
        if scan.hasBidirectional {
            problems.append(
                Problem(
                    .textBidirectional,
                    "\(label) contains a hidden mark that turns the reading direction. Type it anew."))
        }
        if text.count > longest {
            problems.append(
                Problem(.textLong, "\(label) must be \(longest) characters or fewer. This one has \(text.count)."))
        }
        return problems.isEmpty ? .value(DisplayText(text: text)) : .problems(problems)
    }
}
