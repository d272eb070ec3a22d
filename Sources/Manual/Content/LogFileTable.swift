import Domain

/// `content/reference/log-files.yaml`: where log files are and what they show, and the page made of them.
struct LogFileTable {
    private(set) var logs: [LogFile] = []
    private(set) var pages: [ComposedPage] = []

    static let file = "reference/log-files.yaml"
    static let path = "/manual/reference/log-files"
    private static let keys: Set<String> = [
        "name", "components", "computer", "where", "writer", "shows", "flows", "rotation", "sources",
    ]

    init(from content: inout ContentFolder) {
        guard let list = EntryList(Self.file, key: "logs", &content) else { return }
        for node in list.nodes {
            var reading = EntryReading(node, in: list, keys: Self.keys)
            let log = Self.log(&reading)
            if logs.contains(where: { $0.name.headingID == log.name.headingID }) {
                reading.fault(at: "name", "The log file \(log.name) has a second entry.")
            }
            for other in logs where !Set(other.components).isDisjoint(with: log.components) {
                reading.fault(at: "components", "\(log.name) and \(other.name) name the same component.")
            }
            logs.append(log)
            for fault in reading.faults { content.report(Self.file, fault.line, fault.message) }
        }
        guard let introduction = content.file("reference/log-files.md") else { return }
        let page = introduction.followed(
            by: Markdown.blocks(of: table + logs.map { Self.section($0, list) }.joined()))
        pages = [PageComposer(file: page, path: Self.path, section: .reference).compose(&content)]
    }

    private static func log(_ reading: inout EntryReading) -> LogFile {
        LogFile(
            name: reading.text("name"), components: reading.texts("components"), computer: reading.text("computer"),
            folder: reading.text("where"), writer: reading.text("writer"), shows: reading.text("shows"),
            flows: reading.flows(reading.texts("flows"), at: "flows"), rotation: reading.optionalText("rotation"),
            sources: reading.sources())
    }

    private var table: String {
        logs.reduce(into: "| log file | on which computer | written by |\n|---|---|---|\n") { table, log in
            table +=
                "| [\(log.name.escapedForMarkdown)](#\(log.name.headingID)) | \(log.computer.escapedForMarkdown) | \(log.writer.escapedForMarkdown) |\n"
        }
    }

    private static func section(_ log: LogFile, _ list: EntryList) -> String {
        let components = log.components.isEmpty ? "not established" : log.components.map(\.markdownCode).listed
        var lines = [
            "On: \(log.computer.escapedForMarkdown)", "Folder: \(log.folder.escapedForMarkdown)",
            "Written by: \(log.writer.escapedForMarkdown)", "Component in its lines: \(components)",
        ]
        if !log.flows.isEmpty { lines.append("Traffic flows: \(log.flows.map(\.markdownLink).listed)") }
        if let rotation = log.rotation { lines.append("A full file: \(rotation.escapedForMarkdown)") }
        return "\n\n## \(log.name)\n\n\(log.shows.escapedForMarkdown)\n\n"
            + lines.map { "- \($0)\n" }.joined() + list.sourceLine(log.sources)
    }
}

extension TrafficFlowID {
    /// A link to what the manual says of it.
    var markdownLink: String { "[\(title)](\(FlowPages.path(of: self))#\(rawValue.headingID))" }
}
