import Domain
import Yams

/// `content/reference/log-signatures.yaml`: lines that tell of a connection, and the page made of them.
struct LogSignatureTable {
    private(set) var signatures: [LogSignature] = []
    private(set) var pages: [ComposedPage] = []
    /// The links of the entries, to be checked as standing in the file of the entries.
    private(set) var linked: [ComposedPage] = []

    static let file = "reference/log-signatures.yaml"
    static let path = "/manual/reference/log-signatures"
    private static let keys: Set<String> = [
        "id", "logs", "text", "takes", "healthy", "generic", "meaning", "flow", "codes", "check", "page", "sources",
        "example",
    ]
    /// Shorter texts would be found in lines that mean something else.
    static let shortestText = 10

    init(from content: inout ContentFolder, codes: ErrorCodeTable, logs: LogFileTable) {
        guard let list = EntryList(Self.file, key: "signatures", &content) else { return }
        let known = (codes: Set(codes.codes.map(\.id)), logs: Set(logs.logs.map(\.name)))
        var links: [MarkdownLink] = []
        for node in list.nodes {
            var reading = EntryReading(node, in: list, keys: Self.keys)
            let signature = Self.signature(&reading)
            check(signature, &reading, codes: known.codes, logs: known.logs)
            signatures.append(signature)
            if let page = signature.page { links.append(reading.link(page, at: "page")) }
            for fault in reading.faults { content.report(Self.file, fault.line, fault.message) }
        }
        compose(list, links, &content)
    }

    private static func signature(_ reading: inout EntryReading) -> LogSignature {
        let flow = reading.optionalText("flow").map { reading.flows([$0], at: "flow") }
        return LogSignature(
            id: reading.text("id"), logs: reading.texts("logs"), text: reading.text("text"),
            capture: capture(&reading), isHealthy: reading["healthy"]?.bool ?? false,
            isGeneric: reading["generic"]?.bool ?? false,
            meaning: reading.text("meaning"), codes: reading.texts("codes"), flow: flow?.first,
            checks: reading.texts("check"), page: reading.optionalText("page"), sources: reading.sources(),
            example: reading.text("example"))
    }

    private static func capture(_ reading: inout EntryReading) -> LogSignature.Capture? {
        guard let node = reading["takes"] else { return nil }
        guard let kind = LogSignature.Kind(rawValue: node["kind"]?.string ?? "") else {
            reading.fault(
                at: "takes", "“takes” needs a kind: \(LogSignature.Kind.allCases.map(\.rawValue).listed).")
            return nil
        }
        return LogSignature.Capture(
            kind: kind, after: node["after"]?.scalar?.string ?? "", until: node["until"]?.scalar?.string ?? "")
    }

    private func check(
        _ signature: LogSignature, _ reading: inout EntryReading, codes: Set<String>, logs: Set<String>
    ) {
        if signatures.contains(where: { $0.id == signature.id }) {
            reading.fault(at: "id", "The signature \(signature.id) has a second entry.")
        }
        if signatures.contains(where: { $0.text.lowercased() == signature.text.lowercased() }) {
            reading.fault(at: "text", "Another signature has the text of \(signature.id).")
        }
        if signature.logs.isEmpty { reading.fault(at: "logs", "\(signature.id) names no log file.") }
        for log in signature.logs where !logs.contains(log) {
            reading.fault(at: "logs", "\(signature.id) names \(log), which content/\(LogFileTable.file) does not list.")
        }
        for code in signature.codes where !codes.contains(code) {
            reading.fault(
                at: "codes",
                "\(signature.id) names the code \(code), which content/\(ErrorCodeTable.file) does not list.")
        }
        if signature.text.utf8.count < Self.shortestText || !signature.text.utf8.allSatisfy({ $0 < 0x80 }) {
            reading.fault(
                at: "text", "The text of \(signature.id) is at least \(Self.shortestText) characters of ASCII.")
        }
        if !signature.example.lowercased().contains(signature.text.lowercased()) {
            reading.fault(at: "example", "The example of \(signature.id) does not hold its text.")
        }
        if signature.checks.isEmpty && !signature.isHealthy {
            reading.fault(at: "check", "\(signature.id) does not say what to look at next.")
        }
    }

    private mutating func compose(_ list: EntryList, _ links: [MarkdownLink], _ content: inout ContentFolder) {
        let made = EntryPage(
            "reference/log-signatures.md", of: Self.file, at: Self.path,
            text: table + signatures.map { Self.section($0, list) }.joined(),
            titles: signatures.map { ($0.id, $0.title) }, links: links, &content)
        if let made { (pages, linked) = ([made.page], [made.linked]) }
    }

    private var table: String {
        signatures.reduce(into: "| text in the line | log file | means |\n|---|---|---|\n") { table, signature in
            let text = "[\(signature.title.escapedForMarkdown)](#\(signature.id.headingID))"
            table +=
                "| \(text) | \(signature.logs.map(Self.logLink).listed) | \(signature.meaning.escapedForMarkdown) |\n"
        }
    }

    private static func logLink(_ name: String) -> String {
        "[\(name.escapedForMarkdown)](\(LogFileTable.path)#\(name.headingID))"
    }

    /// What a sentence of .NET is about, the sentence does not say.
    private static let whereGeneric = " in the first of these logs; elsewhere that of the log that has the line"

    private static func section(_ signature: LogSignature, _ list: EntryList) -> String {
        var text = "\n\n## \(signature.id)\n\n\(signature.meaning.escapedForMarkdown)\n\n"
        text += "```\n\(signature.example)\n```\n\n- In: \(signature.logs.map(logLink).listed)\n"
        if let flow = signature.flow {
            text += "- Traffic flow: \(flow.markdownLink)\(signature.isGeneric ? whereGeneric : "")\n"
        }
        let codes = signature.codes.map { "[\($0)](\(ErrorCodeTable.path)#\($0.headingID))" }
        if !codes.isEmpty { text += "- Codes it was seen with, or stands for: \(codes.listed)\n" }
        text += "\n"
        for (number, check) in signature.checks.enumerated() { text += "\(number + 1). \(check.escapedForMarkdown)\n" }
        if let page = signature.page { text += "\n[More about this](\(page))\n" }
        return text + list.sourceLine(signature.sources)
    }
}
