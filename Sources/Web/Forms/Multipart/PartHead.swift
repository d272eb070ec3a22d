/// What a part of a multipart form says about itself.
struct PartHead: Equatable, Sendable {
    /// The name of the control.
    let name: String
    /// Without folders, control and bidirectional characters; nil when the part is no file, blank when none was chosen.
    let fileName: String?
    /// In lower case and without parameters.
    let contentType: String?
}

/// Reads the header lines of one part.
///
/// Source: RFC 7578; the names' form WHATWG, "HTML", section 4.10.21.8. `filename*` is passed over: RFC 7578 forbids it.
struct PartHeadReading {
    let limits: MultipartLimits
    private var disposition: HeaderValue?
    private var contentType: HeaderValue?

    init(limits: MultipartLimits) { self.limits = limits }

    /// Takes a line without its end.
    mutating func take(_ line: ArraySlice<UInt8>) throws(MultipartRefusal) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy(HeaderValue.isToken), !line.contains(0)
        else { throw .headerMalformed }
        let value = line[(colon + 1)...].drop(while: HeaderValue.isBlank)
        switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
        case "content-disposition": try Self.set(&disposition, value)
        case "content-type": try Self.set(&contentType, value)
        case "content-transfer-encoding": throw .transferEncoding
        default: break
        }
    }

    private static func set(
        _ header: inout HeaderValue?, _ value: ArraySlice<UInt8>
    ) throws(MultipartRefusal) {
        guard header == nil else { throw .headerTwice }
        header = HeaderValue(value, unescapes: false)
        guard header != nil else { throw .headerMalformed }
    }

    /// Judges the lines together.
    func head() throws(MultipartRefusal) -> PartHead {
        guard let disposition else { throw .nameMissing }
        guard disposition.text == "form-data" else { throw .notFormData }
        if contentType?.text.hasPrefix("multipart/") == true { throw .nested }
        let name = disposition.parameter("name").map(Self.decoded) ?? ""
        if name.isEmpty { throw .nameMissing }
        if name.utf8.count > limits.nameBytes { throw .nameTooLong }
        let fileName = disposition.parameter("filename").map { Self.withoutFolder(Self.decoded($0)) }
        if let fileName, fileName.utf8.count > limits.fileNameBytes { throw .fileNameTooLong }
        return PartHead(name: name.readable, fileName: fileName?.readable, contentType: contentType?.text.readable)
    }

    /// Undoes the three escapes browsers write; any other percent sign is itself.
    private static func decoded(_ bytes: [UInt8]) -> String {
        guard bytes.contains(UInt8(ascii: "%")) else { return String(decoding: bytes, as: UTF8.self) }
        let escapes: [([UInt8], UInt8)] = [
            (Array("22".utf8), 0x22), (Array("0D".utf8), 0x0D), (Array("0A".utf8), 0x0A),
        ]
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2).map { $0 >= UInt8(ascii: "a") ? $0 & 0xDF : $0 }
            if byte == UInt8(ascii: "%"), let escape = escapes.first(where: { $0.0 == digits }) {
                decoded.append(escape.1)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func withoutFolder(_ path: String) -> String {
        let slashes = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
        let start = path.utf8.lastIndex { slashes.contains($0) }.map { path.utf8.index(after: $0) }
        let name = String(path[(start ?? path.startIndex)...])
        return name == "." || name == ".." ? "" : name
    }
}

extension String {
    /// The text with a replacement character for each that controls, or turns round, what stands beside it.
    fileprivate var readable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    let isBidirectional =
                        [0x061C, 0x200E, 0x200F].contains(scalar.value)
                        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                    let isLineEnd = (0x2028...0x2029).contains(scalar.value)
                    let isControl = scalar.properties.generalCategory == .control
                    return isControl || isLineEnd || isBidirectional ? "\u{FFFD}" : scalar
                }))
    }
}
