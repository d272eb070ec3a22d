import TestSupport
import Testing

@testable import Web

@Suite("Forms with files, any of them")
struct MultipartPropertyTests {
    typealias Part = MultipartTests.Part

    private static let nameAlphabet: [Unicode.Scalar] = ["a", "Z", " ", ";", "=", "%", "-", "ä", "€", "😀", ".", "'"]

    private static func boundary(_ random: inout SeededGenerator) -> String {
        let alphabet = Array("'()+_,-./:=?aZ09".unicodeScalars)
        return "b" + random.text(of: alphabet, upTo: 69)
    }

    /// Bytes of which many are what a boundary is made of.
    private static func content(_ boundary: String, _ random: inout SeededGenerator) -> [UInt8] {
        let pieces: [[UInt8]] = [
            [13], [10], [13, 10], Array("--".utf8), Array("\r\n--".utf8), Array("--\(boundary)".utf8),
            Array("\r\n--\(boundary)".utf8.dropLast()), [0], [255], Array("<a/>".utf8),
        ]
        var content: [UInt8] = []
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            content += pieces.randomElement(using: &random) ?? []
        }
        // The one thing a content cannot hold.
        let delimiter = Array("\r\n--\(boundary)".utf8)
        let lines = Array("\r\n".utf8) + content
        let holds = lines.indices.contains { lines[$0...].starts(with: delimiter) }
        return holds ? [] : content
    }

    private static func parts(_ boundary: String, _ random: inout SeededGenerator) -> [Part] {
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
            let name = "n" + random.text(of: nameAlphabet, upTo: 8)
            let fileName = Bool.random(using: &random) ? random.text(of: nameAlphabet, upTo: 8) : nil
            let type = Bool.random(using: &random) ? "text/xml" : nil
            // The escapes are tested elsewhere; dots alone are folders.
            let plain = fileName.map { $0.allSatisfy { $0 == "." } ? "" : $0 }
            return Part(
                head: PartHead(name: name, fileName: plain, contentType: type),
                content: content(boundary, &random), hasEnded: true)
        }
    }

    static func encode(_ parts: [Part], boundary: String) -> [UInt8] {
        var body: [UInt8] = []
        for part in parts {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.head.name)\"".utf8)
            if let name = part.head.fileName { body += Array("; filename=\"\(name)\"".utf8) }
            if let type = part.head.contentType { body += Array("\r\nContent-Type: \(type)".utf8) }
            body += Array("\r\n\r\n".utf8) + part.content + Array("\r\n".utf8)
        }
        return body + Array("--\(boundary)--\r\n".utf8)
    }

    @Test("What was written is read, however it was cut up", arguments: 1...200)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let boundary = Self.boundary(&random)
        let parts = Self.parts(boundary, &random)
        let body = Self.encode(parts, boundary: boundary)
        let longest = Int.random(in: 1...40, using: &random)
        let read = try MultipartTests.read(body, boundary: boundary) { Int.random(in: 1...longest, using: &random) }
        #expect(read == parts)
    }

    @Test("A form that is cut anywhere is not complete", arguments: 1...20)
    func cutShort(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let boundary = Self.boundary(&random)
        let body = Self.encode(Self.parts(boundary, &random), boundary: boundary)
        // The line's end behind the last boundary may be missing.
        for length in 0..<(body.count - 2) {
            #expect(throws: MultipartRefusal.cutShort) {
                try MultipartTests.read(Array(body[..<length]), boundary: boundary)
            }
        }
    }

    @Test("What is refused does not depend on how it was cut up", arguments: 1...300)
    func damage(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let boundary = Self.boundary(&random)
        var body = Self.encode(Self.parts(boundary, &random), boundary: boundary)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let index = Int.random(in: 0..<body.count, using: &random)
            body[index] = ([13, 10, 45, 34, 59] as [UInt8]).randomElement(using: &random) ?? 0
        }
        let outcomes = [Int.max, 1, 2, 3, 7].map { length in
            Result { try MultipartTests.read(body, boundary: boundary, pieces: { length }) }
                .mapError { $0 as? MultipartRefusal ?? .notMultipart }
        }
        #expect(outcomes.dropFirst().allSatisfy { $0 == outcomes[0] })
    }
}
