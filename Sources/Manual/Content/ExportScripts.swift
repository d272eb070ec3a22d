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
            let composed = PageComposer(file: file, path: "/manual/scripts/\(id)", section: .howTo).compose(&content)
            pages.append(composed)
            scripts.append(
                ExportScript(
                    id: id, title: file.frontMatter.title, fileName: fileName, text: text,
                    explanation: composed.page.body))
        }
    }
}

extension Substring {
    fileprivate var isForeign: Bool { !utf8.allSatisfy { $0 < 0x80 } }
}
