import Foundation

/// Reads the files of `content/` and gathers what is wrong with them: nothing stops at the first problem.
struct ContentFolder {
    private let directory: String
    private(set) var problems: [ContentProblem] = []

    init(_ directory: String) { self.directory = directory }

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
        return text
    }

    /// A Markdown file with its front matter; nil, and problems, when either cannot be read.
    mutating func file(_ path: String) -> ContentFile? {
        guard let text = text(path) else { return nil }
        let parts = SplitText(text)
        guard let yaml = parts.yaml else {
            report(path, 1, "The file has no front matter: begin it with --- and the keys title, reviewed and description.")
            return nil
        }
        guard let frontMatter = FrontMatter.read(yaml, report: { report(path, $0, $1) }) else { return nil }
        let blocks = Markdown.blocks(of: parts.body, firstLine: parts.bodyLine)
        return ContentFile(
            name: "content/" + path, frontMatter: frontMatter, blocks: blocks, lastLine: parts.lastLine)
    }
}
