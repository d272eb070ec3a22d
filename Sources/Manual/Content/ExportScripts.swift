/// `content/scripts/`: each script beside the page that explains it.
struct ExportScripts {
    private(set) var scripts: [ExportScript] = []
    private(set) var pages: [ComposedPage] = []

    init(from content: inout ContentFolder) {
        for id in ExportScript.ids {
            let fileName = "export-\(id).ps1"
            let text = content.text("scripts/\(fileName)")
            guard let file = content.file("scripts/export-\(id).md"), let text else { continue }
            // Windows PowerShell 5.1 reads a script without a byte order mark in the computer's own code page.
            if let line = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex(where: \.isForeign) {
                content.report("scripts/\(fileName)", line + 1, "A script is plain ASCII.")
            }
            let path = "/manual/how-to/export-\(id)"
            let explanation = PageComposer(file: file, path: path, section: .howTo).compose(&content)
            let page = PageComposer(file: file.showing(script: text), path: path, section: .howTo)
            pages.append(page.compose(&content))
            scripts.append(
                ExportScript(
                    id: id, title: file.frontMatter.title, fileName: fileName, text: text,
                    explanation: explanation.body))
        }
    }
}

extension ContentFile {
    /// The same page with the script at its end, for reading where no portal runs.
    fileprivate func showing(script: String) -> ContentFile {
        followed(by: Markdown.blocks(of: "## The script\n\n~~~~\n\(script)~~~~\n", firstLine: lastLine))
    }
}

extension Substring {
    fileprivate var isForeign: Bool { !utf8.allSatisfy { $0 < 0x80 } }
}
