import Domain

/// What the first text of a document says of it, once it is UTF-8: nothing in it, or something else than XML.
enum DocumentStart {
    /// How much is looked at, in bytes.
    static let length = 4_096

    /// Refuses a document that cannot be one of ours, by what it is.
    ///
    /// - Parameters:
    ///   - isWhole: whether `document` is all there is.
    ///   - hasNoByte: whether the file has not even a byte order mark.
    static func check(
        _ document: UnsafeBufferPointer<UInt8>, isWhole: Bool, hasNoByte: Bool
    ) throws(Refusal) {
        let head = document.prefix(length)
        guard let first = head.firstIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else {
            if isWhole { throw empty(hasNoByte) }
            return
        }
        let text = String(decoding: head[first...], as: UTF8.self)
        let position = position(of: first, in: head)
        if let sentence = foreignSentence(text) { throw Refusal(.importOtherFile, at: position, sentence) }
        if head[first] != UInt8(ascii: "<") {
            throw Refusal(
                .xmlMalformed, at: position,
                "The file does not begin with <, so it is not XML. Import the file that Export-Clixml or the portal wrote."
            )
        }
    }

    static func empty(_ hasNoByte: Bool) -> Refusal {
        Refusal(
            .xmlEmpty, at: hasNoByte ? nil : .start,
            "The file is empty. Run the export again, and look whether it reported an error.")
    }

    private static func position(of index: Int, in head: Slice<UnsafeBufferPointer<UInt8>>) -> Position {
        let before = head[..<index]
        let lines = before.count { $0 == 0x0A }
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return Position(line: lines + 1, column: index - lineStart + 1)
    }

    /// Names kinds of text files by how they begin.
    private static func foreignSentence(_ text: String) -> String? {
        let lower = text.prefix(200).lowercased()
        if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") { return htmlSentence }
        if text.hasPrefix("<") { return nil }
        if text.hasPrefix("#< CLIXML") {
            return "This is PowerShell's output captured as text (#< CLIXML), not a file of Export-Clixml. "
                + "Run the export again as … | Export-Clixml -Depth 3 -Path FILE."
        }
        if text.hasPrefix("{") || text.hasPrefix("[") {
            return
                "This is JSON, perhaps from the AdminService. Import XML: run the portal's export script and import what it writes."
        }
        if text.hasPrefix("BEGIN_") || text.hasPrefix("FILE_DEFINITION") || text.contains("BEGIN_SYSTEM_RESOURCE_USE") {
            return
                "This is a site control file, as sites up to 2007 kept them. Export from the running site with the portal's script."
        }
        guard ["instance of ", "#pragma ", "// ***", "//***", "class "].contains(where: lower.hasPrefix) else {
            return nil
        }
        return
            "This is MOF text, as the console exports collections and queries. It holds no site systems: run the portal's export script."
    }

    static let htmlSentence =
        "This is an HTML page, not an export. Run the portal's export script and import the file it writes."
}
