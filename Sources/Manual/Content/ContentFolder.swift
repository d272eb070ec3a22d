import Foundation
import Yams

/// Reads the files of `content/` and gathers what is wrong with them: nothing stops at the first problem.
struct ContentFolder {
    private let directory: String
    private(set) var problems: [ContentProblem] = []
    private(set) var sources = SourceTable.empty
    private var cited: Set<String> = []

    /// Reads the list of sources at once: everything else cites it.
    init(_ directory: String) {
        self.directory = directory
        sources = SourceTable(from: &self)
    }

    /// Notes that a page or an entry rests on these sources, and reports those that the list does not have.
    mutating func cite(_ ids: [String], in file: String, line: Int, by citing: String) {
        for id in ids where sources[id] == nil {
            report(file, line, "\(citing) cites \(id), which content/\(SourceTable.file) does not list.")
        }
        cited.formUnion(ids)
    }

    /// The same for an entry of a table, which must cite something.
    mutating func cite(_ node: Node?, in file: String, line: Int, by citing: String) {
        let ids = node?.array().compactMap(\.string) ?? []
        if ids.isEmpty { report(file, line, "\(citing) cites no source.") }
        cite(ids, in: file, line: line, by: citing)
    }

    /// Notes what the entries of a table cite that tell their faults themselves.
    mutating func noteCitations(of entries: some Sequence<Node>) {
        for entry in entries { cited.formUnion(entry["sources"]?.array().compactMap(\.string) ?? []) }
    }

    /// To be called when everything is read.
    mutating func reportUncitedSources() { sources.reportUncited(cited, &self) }

    /// `path` is relative to the content folder.
    mutating func report(_ path: String, _ line: Int, _ message: String) {
        let name = path.hasPrefix("content/") ? path : "content/" + path
        problems.append(ContentProblem(file: name, line: line, message: message))
    }

    /// The names of the Markdown files of a folder, in alphabetical order.
    func markdownNames(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory + "/" + folder)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted()
    }

    /// A file as it is; nil, and a problem, when it cannot be read.
    mutating func bytes(_ path: String) -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: directory + "/" + path) else {
            report(path, 1, "The file is missing.")
            return nil
        }
        return Array(data)
    }

    /// A file's text; nil, and a problem, when it cannot be read as UTF-8.
    mutating func text(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: directory + "/" + path) else {
            report(path, 1, "The file is missing.")
            return nil
        }
        guard let text = String(data: data, encoding: .utf8) else {
            report(path, 1, "The file is not UTF-8.")
            return nil
        }
        return text.replacing("\r\n", with: "\n")
    }

    /// A YAML file with its last line; nil, and a problem with its place, when it cannot be read.
    mutating func yaml(_ path: String) -> (root: Node, lastLine: Int)? {
        guard let text = text(path) else { return nil }
        do {
            if let root = try Yams.compose(yaml: text) { return (root, SplitText(text).lastLine) }
            report(path, 1, "The file is empty.")
        } catch {
            report(path, (error as? YamlError)?.line ?? 1, "The file is not YAML.")
        }
        return nil
    }

    /// A Markdown file with its front matter; nil, and problems, when either cannot be read.
    mutating func file(_ path: String) -> ContentFile? {
        guard let text = text(path) else { return nil }
        let parts = SplitText(text)
        guard let yaml = parts.yaml else {
            report(
                path, 1, "The file has no front matter: begin it with --- and the keys title, reviewed and description."
            )
            return nil
        }
        guard let frontMatter = FrontMatter.read(yaml, report: { report(path, $0, $1) }) else { return nil }
        let inclusion = Inclusion(parts.body, firstLine: parts.bodyLine) { includedText($0, from: path) }
        for fault in inclusion.faults { report(path, fault.line, fault.sentence) }
        let blocks = Markdown.blocks(of: inclusion.text, lines: inclusion.lines) {
            ContentAddress.resolved($0, from: path)
        }
        for block in blocks { block.fault.map { report(path, block.line, $0) } }
        return ContentFile(
            name: "content/" + path, frontMatter: frontMatter, blocks: blocks, lastLine: parts.lastLine)
    }

    /// The words of a file that another includes, without front matter; nil where there is none.
    private func includedText(_ included: String, from path: String) -> String? {
        guard let target = ContentAddress.joined(included, to: path),
            let data = FileManager.default.contents(atPath: directory + "/" + target)
        else { return nil }
        return String(data: data, encoding: .utf8).map { SplitText($0.replacing("\r\n", with: "\n")).body }
    }
}

extension YamlError {
    /// Where the text stops being YAML, counted from 1; nil where that is not known.
    var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }
}
