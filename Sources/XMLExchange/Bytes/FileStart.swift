import Domain

/// What the first bytes of a file say of it: its encoding, or that it is something else than XML.
enum FileStart {
    enum Encoding: Equatable {
        case utf8(isMarked: Bool)
        case utf16(UTF16Decoder.ByteOrder, isMarked: Bool)

        /// How many bytes the mark takes.
        var markLength: Int {
            switch self {
            case .utf8(let isMarked): isMarked ? 3 : 0
            case .utf16(_, let isMarked): isMarked ? 2 : 0
            }
        }
    }

    /// How many bytes are looked at.
    static let length = 4

    /// Decides the encoding (CONTRACTS 4) from up to four bytes.
    static func encoding(_ head: [UInt8]) throws(Refusal) -> Encoding {
        if let sentence = foreignSentence(head) { throw Refusal(.importOtherFile, at: .start, sentence) }
        if head.starts(with: [0xFF, 0xFE, 0, 0]) || head.starts(with: [0, 0, 0xFE, 0xFF]) { throw utf32 }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8(isMarked: true) }
        if head.starts(with: [0xFF, 0xFE]) { return .utf16(.littleEndian, isMarked: true) }
        if head.starts(with: [0xFE, 0xFF]) { return .utf16(.bigEndian, isMarked: true) }
        if head.starts(with: [0x3C, 0, 0x3F, 0]) { return .utf16(.littleEndian, isMarked: false) }
        if head.starts(with: [0, 0x3C, 0, 0x3F]) { return .utf16(.bigEndian, isMarked: false) }
        if looksLikeUTF16(head) { throw unmarkedUTF16 }
        return .utf8(isMarked: false)
    }

    /// Whether a document may begin so in UTF-16: a `<` or a blank, each with its zero byte.
    private static func looksLikeUTF16(_ head: [UInt8]) -> Bool {
        guard head.count >= 2 else { return false }
        let first: [UInt8] = [0x3C, 0x20, 0x09, 0x0A, 0x0D]
        return head[1] == 0 && first.contains(head[0]) || head[0] == 0 && first.contains(head[1])
    }

    /// Says whether the declaration may stand in a file of this encoding; nil when it may.
    static func contradiction(_ declared: String?, in encoding: Encoding) -> Refusal? {
        let name = declared?.uppercased()
        if let declared, let name, name != "UTF-8", name != "UTF-16" {
            return Refusal(
                .xmlEncoding, at: .start,
                "The file declares the encoding \(declared.shown). The portal reads UTF-8 and UTF-16: save or export it as one of them."
            )
        }
        switch (encoding, name) {
        case (.utf16(_, isMarked: false), "UTF-8"), (.utf16(_, isMarked: false), nil): return unmarkedUTF16
        case (.utf8, "UTF-16"):
            return Refusal(
                .xmlEncoding, at: .start,
                "The file declares UTF-16 but its bytes are not. Correct the declaration to UTF-8, or export the file again."
            )
        default: return nil
        }
    }

    private static let unmarkedUTF16 = Refusal(
        .xmlEncoding, at: .start,
        "The file looks like UTF-16 without a byte order mark. Save it with the mark, or as UTF-8.")

    private static let utf32 = Refusal(
        .xmlEncoding, at: .start,
        "The file is UTF-32. The portal reads UTF-8 and UTF-16: save or export it as one of them.")

    /// Names kinds of files by their first bytes.
    private static func foreignSentence(_ head: [UInt8]) -> String? {
        if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
            return "This is a zip archive. Unpack it and import the XML file in it."
        }
        if head.starts(with: [0x1F, 0x8B]) {
            return "This is a gzip archive. Unpack it and import the XML file in it."
        }
        let binaries: [[UInt8]] = [
            Array("MSCF".utf8), Array("%PDF".utf8), [0x4D, 0x5A, 0x90, 0], [0x7F, 0x45, 0x4C, 0x46],
            [0x37, 0x7A, 0xBC, 0xAF], [0xD0, 0xCF, 0x11, 0xE0], [0x89, 0x50, 0x4E, 0x47], Array("SQLi".utf8),
        ]
        guard binaries.contains(where: head.starts(with:)) else { return nil }
        return "This is a binary file, not an XML export. Run the portal's export script and import what it writes."
    }
}
