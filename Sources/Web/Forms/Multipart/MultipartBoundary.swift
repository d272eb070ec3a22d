/// What stands between the parts of a multipart form, as the request's Content-Type names it.
///
/// Source: RFC 2046, section 5.1.1.
struct MultipartBoundary: Equatable {
    let bytes: [UInt8]

    static let mostBytes = 70

    /// - Throws: when there are not 1 to 70 of the allowed characters, or the last is a blank.
    init(_ bytes: [UInt8]) throws(MultipartRefusal) {
        guard (1...Self.mostBytes).contains(bytes.count), bytes.allSatisfy(Self.isAllowed),
            bytes.last != UInt8(ascii: " ")
        else { throw .boundaryMalformed }
        self.bytes = bytes
    }

    /// Reads the header of a request.
    init(ofContentType header: String?) throws(MultipartRefusal) {
        guard let header, let value = HeaderValue(Array(header.utf8)[...], unescapes: true),
            value.text == "multipart/form-data"
        else { throw .notMultipart }
        guard let boundary = value.parameter("boundary") else { throw .boundaryMissing }
        try self.init(boundary)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}
