/// `content/docs/`: a folder a section, a file a page.
struct DocumentationPages {
    private(set) var pages: [ComposedPage] = []

    static let sections: [ManualPage.Section] = [.concepts, .howTo, .troubleshooting, .reference, .about]

    init(from content: inout ContentFolder) {
        for section in Self.sections {
            let folder = "docs/\(section.rawValue)"
            let files = content.markdownNames(in: folder).compactMap { content.file("\(folder)/\($0)") }
            for file in files where file.frontMatter.order == nil {
                content.report(file.name, 1, "The front matter lacks “order”, the page's place in its section.")
            }
            for file in files.sorted(by: { ($0.frontMatter.order ?? 0) < ($1.frontMatter.order ?? 0) }) {
                let path = "/manual/\(section.rawValue)/\(file.stem)"
                pages.append(PageComposer(file: file, path: path, section: section).compose(&content))
            }
        }
    }
}
