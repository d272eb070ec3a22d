import Foundation

/// A document of the organisation, as a page of the manual.
public struct RunbookPage: Sendable {
    public let page: ManualPage
    /// What is wrong with the file, a sentence each with its line; the page is shown all the same.
    public let faults: [String]
}

/// Makes a page of a runbook, whatever is wrong with it.
struct RunbookComposer {
    let folder: RunbookFolder
    /// The runbooks there are, by path, so that links between them are held to something.
    let paths: Set<String>
    private let addresses: Set<String>
    /// Whether the manual has a page at an address.
    let isManualPage: (String) -> Bool

    init(folder: RunbookFolder, paths: Set<String>, isManualPage: @escaping (String) -> Bool) {
        self.folder = folder
        self.paths = paths
        addresses = Set(paths.map(Self.address(of:)))
        self.isManualPage = isManualPage
    }

    /// The address of a file's page: `/manual/runbooks/network/firewall`.
    static func address(of path: String) -> String {
        Runbooks.address + "/"
            + path.dropLast(3).split(separator: "/").map { String($0).pathEncoded }.joined(separator: "/")
    }

    func page(_ path: String) -> RunbookPage {
        guard let text = folder.text(path) else {
            return unreadable(path)
        }
        let parts = SplitText(text.replacing("\r\n", with: "\n"))
        let frontMatter = RunbookFrontMatter(parts.yaml)
        var faults = frontMatter.faults
        let inclusion = Inclusion(parts.body, firstLine: parts.bodyLine) { included in
            ContentAddress.joined(included, to: path).flatMap(folder.text).map { SplitText($0).body }
        }
        faults += inclusion.faults.map { fault in
            fault.kind == .missing
                ? "Line \(fault.line): the file that is included here is not in the folder, or is none that is shown: its name ends in .md, and no part of it begins with a full stop."
                : "Line \(fault.line): \(fault.sentence)"
        }
        let blocks = Markdown.blocks(of: inclusion.text, lines: inclusion.lines) { resolved($0, from: path) }
        faults += blocks.compactMap { block in block.fault.map { "Line \(block.line): \($0)" } }
        faults += blocks.flatMap(\.links).compactMap { fault(of: $0) }
        return RunbookPage(page: page(path, frontMatter, blocks), faults: Self.told(faults))
    }

    /// As many as somebody mends at a time: a file may have the same fault on every line.
    static let mostFaults = 50

    private static func told(_ faults: [String]) -> [String] {
        var met: Set<String> = []
        let different = faults.filter { met.insert($0).inserted }
        guard different.count > mostFaults else { return different }
        return different.prefix(mostFaults) + [
            "There are \(different.count - mostFaults) more. Mend these first; the others are told then."
        ]
    }

    private func page(_ path: String, _ frontMatter: RunbookFrontMatter, _ blocks: [MarkdownBlock]) -> ManualPage {
        let first = blocks.first.flatMap { $0.kind == .heading(level: 1) ? $0.text : nil }
        let title = frontMatter.title ?? first ?? String(path.split(separator: "/").last?.dropLast(3) ?? "")
        let body = RunbookBody(blocks.dropFirst(first == nil ? 0 : 1), title: title)
        return ManualPage(
            path: Self.address(of: path), file: path, title: title, description: frontMatter.description ?? "",
            appliesTo: frontMatter.appliesTo, reviewed: frontMatter.reviewed ?? "", sources: [],
            keywords: frontMatter.keywords, movedFrom: [],
            body: RenderedMarkdown(html: HTMLLinks.rewritten(body.html) { served($0) }), headings: body.headings,
            passages: body.passages, usedOn: [], section: .runbooks)
    }

    private func unreadable(_ path: String) -> RunbookPage {
        let page = page(path, RunbookFrontMatter(nil), [])
        return RunbookPage(page: page, faults: ["The file cannot be read as UTF-8. Save it as UTF-8 text."])
    }

    /// The page that a link to a file stands for; anything else stays as it is.
    private func resolved(_ link: String, from path: String) -> String {
        let file = link.prefix { $0 != "#" && $0 != "?" }
        guard file.hasSuffix(".md"), !file.hasPrefix("/"), !file.contains(":") else { return link }
        let plain = String(file).removingPercentEncoding ?? String(file)
        guard let target = ContentAddress.joined(plain, to: path), paths.contains(target) else { return link }
        return Self.address(of: target) + link.dropFirst(file.count)
    }

    private func fault(of link: MarkdownLink) -> String? {
        if served(link.destination) != nil { return nil }
        return
            "Line \(link.line): the link “\(link.destination)” leads to nothing that is served here. Name a file of the "
            + "folder, a page of the manual, or an address that begins with https://."
    }

    /// A link that may stay; nil where it leads out of the folder or nowhere.
    private func served(_ link: String) -> String? {
        if link.hasPrefix("#") || link.hasPrefix("https://") || link.hasPrefix("http://") || link.hasPrefix("mailto:") {
            return link
        }
        let path = String(link.prefix { $0 != "#" && $0 != "?" })
        if path.hasPrefix(Runbooks.address + "/") {
            return addresses.contains(path) ? link : nil
        }
        return isManualPage(path) ? link : nil
    }
}

extension String {
    /// A part of a path with everything encoded that is not plain in one.
    fileprivate var pathEncoded: String {
        utf8.reduce(into: "") { text, byte in
            let scalar = UnicodeScalar(byte)
            let isPlain =
                byte < 0x80
                && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
                    || "-._~".unicodeScalars.contains(scalar))
            text += isPlain ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
}
