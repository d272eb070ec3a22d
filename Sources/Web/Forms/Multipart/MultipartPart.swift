/// What a part of an upload says of itself.
public struct MultipartPart: Sendable, Equatable {
    /// The name of the form's control.
    public let name: String
    /// The file's name without its folder; nil when the part is no file. Blank when none was chosen.
    public let fileName: String?

    /// The longest name of a file that is shown, in characters.
    private static let longestName = 200

    /// Reads a part's header lines.
    ///
    /// - Throws: ``MultipartFault``.
    init(headers: some Collection<UInt8>) throws(MultipartFault) {
        guard let text = String(validating: headers, as: UTF8.self) else { throw .headers }
        var disposition: HeaderParameters?
        for line in text.split(separator: "\r\n") {
            let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { throw .headers }
            switch halves[0].lowercased() {
            case "content-disposition":
                guard disposition == nil, let read = HeaderParameters(String(halves[1])) else { throw .headers }
                disposition = read
            case "content-type" where halves[1].lowercased().contains("multipart/"): throw .nested
            case "content-transfer-encoding" where !Self.isPlain(halves[1]): throw .encoded
            default: break
            }
        }
        guard let disposition, disposition.value.lowercased() == "form-data", let name = disposition["name"],
            !name.isEmpty
        else { throw .headers }
        self.name = Self.decoded(name)
        fileName = disposition["filename"].map { Self.withoutFolder(Self.decoded($0)) }
    }

    private static func isPlain(_ encoding: Substring) -> Bool {
        ["7bit", "8bit", "binary"].contains(encoding.lowercased().filter { $0 != " " })
    }

    /// What browsers write for the characters that would end a name or its line.
    private static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }

    /// The last part of a path of either kind, with nothing in it that cannot be seen.
    private static func withoutFolder(_ path: String) -> String {
        let name = path.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last ?? Substring("").unicodeScalars
        let visible = name.prefix(longestName).map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: Character(scalar)
            }
        }
        return String(visible)
    }
}

/// Why an upload cannot be read. A closed list, each with its sentence.
public enum MultipartFault: Error, Sendable, Equatable {
    case noBoundary
    case headers
    case headersTooLong
    case tooManyParts
    /// A part that has parts of its own, which browsers stopped sending long ago.
    case nested
    case encoded
    /// The end was missing.
    case incomplete

    /// What is wrong, for whoever wrote the program that sent it: browsers do not get here.
    var sentence: String {
        switch self {
        case .noBoundary: "Its parts are not separated by the boundary that its head names."
        case .headers: "A part does not say which control of the form it belongs to."
        case .headersTooLong: "The head of a part is longer than 8 KiB."
        case .tooManyParts: "It has more than \(MultipartReader.mostParts) parts."
        case .nested: "A part has parts of its own. Send each file as a part of the form."
        case .encoded: "A part has a transfer encoding. Send files as they are."
        case .incomplete: "Its end is missing: the connection may have been interrupted."
        }
    }
}
