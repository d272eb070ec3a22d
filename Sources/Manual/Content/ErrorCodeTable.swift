import Domain
import Yams

/// `content/reference/error-codes.yaml`: the codes with which connections end, and the page made of them.
struct ErrorCodeTable {
    private(set) var codes: [ErrorCode] = []
    private(set) var pages: [ComposedPage] = []
    /// The links of the entries, to be checked as standing in the file of the entries.
    private(set) var linked: [ComposedPage] = []

    static let file = "reference/error-codes.yaml"
    static let path = "/manual/reference/error-codes"
    static let interfaces: Set<String> = ["WinHTTP", "WinINet", "WUA", "BITS", "HTTP", "Windows"]
    private static let keys: Set<String> = [
        "id", "title", "decimal", "hresult", "status", "names", "meaning", "check", "page", "sources",
    ]

    init(from content: inout ContentFolder) {
        guard let list = EntryList(Self.file, key: "codes", &content) else { return }
        var links: [MarkdownLink] = []
        for node in list.nodes {
            var reading = EntryReading(node, in: list, keys: Self.keys)
            let code = Self.code(&reading)
            if codes.contains(where: { $0.id == code.id }) {
                reading.fault(at: "id", "The code \(code.id) has a second entry.")
            }
            codes.append(code)
            if let page = code.page { links.append(reading.link(page, at: "page")) }
            for fault in reading.faults { content.report(Self.file, fault.line, fault.message) }
        }
        compose(list, links, &content)
    }

    private static func code(_ reading: inout EntryReading) -> ErrorCode {
        let decimal = reading.number("decimal").flatMap { UInt32(exactly: $0) }
        let code = ErrorCode(
            id: reading.text("id"), title: reading.text("title"), decimal: decimal,
            hresult: reading.hexadecimal("hresult"), status: reading.number("status"), names: names(&reading),
            meaning: reading.text("meaning"), checks: reading.texts("check"), page: reading.optionalText("page"),
            sources: reading.sources())
        if code.checks.isEmpty { reading.fault(at: "check", "\(code.id) does not say what to look at next.") }
        if let decimal, let hresult = code.hresult, hresult != ErrorCode.windowsErrors &+ decimal {
            reading.fault(at: "decimal", "\(code.id): \(decimal) is not the hresult less 0x80070000.")
        }
        let id = ErrorCode.id(decimal: decimal, hresult: code.hresult, status: code.status)
        if let id, id != code.id { reading.fault(at: "id", "The id of these numbers is \(id), and not \(code.id).") }
        if id == nil {
            reading.fault(at: "id", "\(code.id) has no number: it needs “decimal”, “hresult” or “status”.")
        }
        return code
    }

    private static func names(_ reading: inout EntryReading) -> [ErrorCode.Name] {
        let names = (reading["names"]?.mapping?.map { ($0.key.string ?? "", $0.value.string ?? "") } ?? [])
        if names.isEmpty { reading.fault(at: "names", "\(reading.name) lacks “names”.") }
        for (interface, _) in names where !interfaces.contains(interface) {
            reading.fault(at: "names", "“\(interface)” is none of \(interfaces.sorted().listed).")
        }
        return names.map { ErrorCode.Name(interface: $0, text: $1) }
    }

    private mutating func compose(_ list: EntryList, _ links: [MarkdownLink], _ content: inout ContentFolder) {
        let made = EntryPage(
            "reference/error-codes.md", of: Self.file, at: Self.path,
            text: table + codes.map { section($0, list) }.joined(),
            titles: codes.map { ($0.id, "\($0.id): \($0.title)") }, links: links, &content)
        if let made { (pages, linked) = ([made.page], [made.linked]) }
    }

    private var table: String {
        codes.reduce(into: "| code | as HRESULT | means | names |\n|---|---|---|---|\n") { table, code in
            let hresult = code.hresultText.map(\.markdownCode) ?? "none"
            let names = code.names.map { $0.text.escapedForMarkdown }.joined(separator: ", ")
            let shown = code.status != nil && code.hresult == nil ? "HTTP \(code.status ?? 0)" : code.id
            table +=
                "| [\(shown)](#\(code.id.headingID)) | \(hresult) | \(code.title.escapedForMarkdown) | \(names) |\n"
        }
    }

    private func section(_ code: ErrorCode, _ list: EntryList) -> String {
        var text = "\n\n## \(code.id)\n\n\(code.meaning.escapedForMarkdown)\n\n"
        text += spellings(code)
        for (number, check) in code.checks.enumerated() { text += "\(number + 1). \(check.escapedForMarkdown)\n" }
        if let page = code.page { text += "\n[More about this](\(page))\n" }
        return text + list.sourceLine(code.sources)
    }

    private func spellings(_ code: ErrorCode) -> String {
        var lines = code.names.map { "- \($0.interface): \($0.text.markdownCode)\n" }
        if code.hresult == nil, let carrier = code.carrier, !codes.contains(where: { $0.hresult == carrier }) {
            let (text, signed) = (ErrorCode.text(ofHRESULT: carrier), String(Int32(bitPattern: carrier)))
            lines.append(
                "- carried by the HRESULT \(text.markdownCode), with a sign \(signed.markdownCode), without one \(String(carrier).markdownCode)\n"
            )
        }
        if let hresult = code.hresult {
            let signed = Int32(bitPattern: hresult)
            lines.append("- as a number: \(String(hresult).markdownCode), with a sign \(String(signed).markdownCode)\n")
        }
        if let status = code.status, code.hresult != nil {
            lines.append(
                codes.contains { $0.id == "http-\(status)" }
                    ? "- stands for [HTTP \(status)](#http-\(status))\n" : "- stands for HTTP \(status)\n")
        } else if let status = code.status {
            let others = codes.filter { $0.status == status && $0.id != code.id }
            let links = others.map { "[\($0.id)](#\($0.id.headingID))" }
            if !links.isEmpty { lines.append("- also written as \(links.listed)\n") }
        }
        return lines.joined() + "\n"
    }
}
