/// The blocks of a runbook put together: ids that are there twice get a number, and no heading stands as high as the title.
struct RunbookBody {
    private(set) var html = ""
    private(set) var headings: [ManualPage.Heading] = []
    private(set) var passages: [ManualPage.Passage] = []
    private var ids: Set<String> = [
        // Parts of every page have these.
        "main", "find", "chapters-of-the-manual", "sources-of-this-page", "used-on-these-pages",
    ]
    /// The number that the next heading gets whose words were there before.
    private var numbers: [String: Int] = [:]
    private var open: (id: String?, title: String, text: [String])

    init(_ blocks: some Sequence<MarkdownBlock>, title: String) {
        open = (nil, title, [])
        var lastLevel = 1
        for block in blocks {
            guard case .heading(let level) = block.kind else {
                html += block.html
                open.text.append(block.text)
                continue
            }
            // A level is never left out, so that a screen reader's list of headings has no holes.
            lastLevel = min(max(level, 2), lastLevel + 1)
            add(block, level: lastLevel)
        }
        close()
    }

    private mutating func add(_ block: MarkdownBlock, level: Int) {
        close()
        let id = freeID(block.text.headingID)
        let label = "Link to this section: \(block.text)".escapedForHTML
        // A heading that is a link in itself keeps its words alone: links do not nest.
        let words = HTMLLinks.rewritten(block.html) { _ in nil }
        html +=
            "<h\(level) id=\"\(id)\">\(words) "
            + "<a class=\"permalink\" href=\"#\(id)\" aria-label=\"\(label)\">#</a></h\(level)>\n"
        if level == 2 { headings.append(ManualPage.Heading(id: id, title: block.text)) }
        open = (id, block.text, [])
    }

    private mutating func close() {
        passages.append(
            ManualPage.Passage(id: open.id, title: open.title, text: open.text.joined(separator: "\n")))
    }

    private mutating func freeID(_ id: String) -> String {
        let stem = id.isEmpty ? "section" : id
        var candidate = stem
        while !ids.insert(candidate).inserted {
            let number = numbers[stem, default: 1] + 1
            numbers[stem] = number
            candidate = "\(stem)-\(number)"
        }
        return candidate
    }
}
