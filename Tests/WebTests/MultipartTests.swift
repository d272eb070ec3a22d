import TestSupport
import Testing

@testable import Web

@Suite("Forms with files")
struct MultipartTests {
    private static let boundary = "----WebKitFormBoundary7MA4YWxk"

    /// What was told, with pieces of one content joined.
    struct Part: Equatable {
        var head: PartHead
        var content: [UInt8] = []
        var hasEnded = false
    }

    /// Reads a body in pieces of the lengths given, the last one repeated.
    static func read(
        _ body: [UInt8], boundary: String = boundary, limits: MultipartLimits = MultipartLimits(),
        pieces: () -> Int = { .max }
    ) throws -> [Part] {
        var parts: [Part] = []
        var parser = MultipartParser(boundary: try MultipartBoundary(Array(boundary.utf8)), limits: limits)
        try body.withUnsafeBytes { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let count = min(rest.count, max(1, pieces()))
                try parser.feed(UnsafeRawBufferPointer(rebasing: rest[..<count])) { event in
                    switch event {
                    case .begin(let head): parts.append(Part(head: head))
                    case .content(let content): parts[parts.count - 1].content += content
                    case .end: parts[parts.count - 1].hasEnded = true
                    }
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
        try parser.finish()
        return parts
    }

    private static func form(_ headers: String, _ content: String = "x") -> [UInt8] {
        Array("--\(boundary)\r\n\(headers)\r\n\r\n\(content)\r\n--\(boundary)--\r\n".utf8)
    }

    private static func head(_ disposition: String) throws -> PartHead? {
        try read(form("Content-Disposition: form-data; \(disposition)")).first?.head
    }

    private static func refusal(_ body: [UInt8], limits: MultipartLimits = MultipartLimits()) -> MultipartRefusal? {
        do {
            _ = try read(body, limits: limits)
            return nil
        } catch { return error as? MultipartRefusal }
    }

    @Test("A browser's form with a field and two files is read in its order")
    func browserForm() throws {
        let body = """
            --B\r\nContent-Disposition: form-data; name="site"\r\n\r\nPS1\r
            --B\r\nContent-Disposition: form-data; name="files"; filename="a.xml"\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n\r
            --B\r\nContent-Disposition: form-data; name="files"; filename=""\r
            Content-Type: application/octet-stream\r\n\r\n\r\n--B--\r\n
            """
        let parts = try Self.read(Array(body.utf8), boundary: "B")
        #expect(
            parts.map(\.head) == [
                PartHead(name: "site", fileName: nil, contentType: nil),
                PartHead(name: "files", fileName: "a.xml", contentType: "text/xml"),
                PartHead(name: "files", fileName: "", contentType: "application/octet-stream"),
            ])
        #expect(parts.map { String(decoding: $0.content, as: UTF8.self) } == ["PS1", "<a/>\r\n", ""])
        #expect(parts.allSatisfy { $0.hasEnded })
    }

    @Test("A form without any part is complete")
    func noPart() throws {
        #expect(try Self.read(Array("--\(Self.boundary)--\r\n".utf8)).isEmpty)
    }

    @Test("What stands before the first and behind the last boundary is nobody's")
    func aroundTheParts() throws {
        let body = Array("for old readers\r\n".utf8) + Self.form("Content-Disposition: form-data; name=a", "1")
        let parts = try Self.read(body + Array("--\(Self.boundary)\r\nrest".utf8))
        #expect(parts.map(\.content) == [Array("1".utf8)])
    }

    @Test(
        "Content that almost is a boundary is content",
        arguments: [
            "\r", "\n", "\r\n", "\r\r\n", "\r\n-", "\r\n--", "\r\n------WebKitFormBoundary7MA4YWx",
            "\r\n\r\n--\r\n--\r",
            "-", "--", "--\(boundary.dropLast())", "a--\(boundary)", "a\r--\(boundary)", "\n--\(boundary)",
            "\r\n--\r\n------WebKit\r\n------WebKitFormBoundar\r",
        ])
    func almostABoundary(content: String) throws {
        for length in 1...100 {
            let body = Self.form("Content-Disposition: form-data; name=a", content)
            let parts = try Self.read(body, pieces: { length })
            #expect(parts.map(\.content) == [Array(content.utf8)])
        }
    }

    @Test("A boundary right behind a part's header ends a part without content")
    func noContent() throws {
        let header = "Content-Disposition: form-data; name=a\r\n\r\n"
        let body = Array("--B\r\n\(header)--B\r\n\(header)--B--".utf8)
        for length in 1...body.count {
            let parts = try Self.read(body, boundary: "B", pieces: { length })
            #expect(parts.map(\.content) == [[], []])
        }
    }

    @Test(
        "Names of files lose folders, hidden characters and the browsers' escapes",
        arguments: [
            (#"filename="C:\temp\site a.xml""#, "site a.xml"), (#"filename="/home/a/../b.xml""#, "b.xml"),
            (#"filename="..""#, ""), (#"filename="..\..\""#, ""), (#"filename="a%22b.xml""#, "a\"b.xml"),
            (#"filename="a%0d%0Ab""#, "a\u{FFFD}\u{FFFD}b"), (#"filename="100%2541""#, "100%2541"),
            (#"filename="100%.xml""#, "100%.xml"), ("filename=\"a\u{202E}lmx.exe\"", "a\u{FFFD}lmx.exe"),
            ("filename=\"a\u{1}\u{85}\u{2028}b\"", "a\u{FFFD}\u{FFFD}\u{FFFD}b"), ("filename=plain.xml", "plain.xml"),
            (#"filename="ä;=.xml"; filename*=UTF-8''other.xml"#, "ä;=.xml"),
        ])
    func fileNames(parameter: String, expected: String) throws {
        #expect(try Self.head("name=\"f\"; \(parameter)")?.fileName == expected)
    }

    @Test("Header names and kinds are read in any case, blanks around values do not matter")
    func caseOfHeaders() throws {
        let parts = try Self.read(
            Self.form(
                "CONTENT-disposition:\t FORM-DATA ; Name=\"A\" ;\r\nX-Other: 1\r\ncontent-TYPE: Text/XML; charset=x"))
        #expect(parts.map(\.head) == [PartHead(name: "A", fileName: nil, contentType: "text/xml")])
    }

    static let refusedHeaders: [(String, MultipartRefusal)] = [
        ("Content-Type: text/xml", .nameMissing),
        ("Content-Disposition: form-data", .nameMissing),
        ("Content-Disposition: form-data; name=\"\"", .nameMissing),
        ("Content-Disposition: form-data; filename=\"a\"", .nameMissing),
        ("Content-Disposition: attachment; name=\"a\"", .notFormData),
        ("Content-Disposition: form-data; name=\"a\"; name=\"b\"", .headerMalformed),
        ("Content-Disposition: form-data; name=\"a", .headerMalformed),
        ("Content-Disposition: form-data; name=a b", .headerMalformed),
        ("Content-Disposition: form-data; name=\"a\"b", .headerMalformed),
        ("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", .headerTwice),
        ("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: a/b\r\nContent-Type: a/b", .headerTwice),
        ("Content-Disposition: form-data;\r\n name=\"a\"", .headerMalformed),
        ("Content-Disposition: form-data; name=\"a\"\nX: 1", .headerMalformed),
        ("Content-Disposition: form-data; name=\"a\rb\"", .headerMalformed),
        ("Content-Disposition: form-data; name=\"a\u{0}\"", .headerMalformed),
        ("Content-Disposition : form-data; name=\"a\"", .headerMalformed),
        ("no header", .headerMalformed),
        ("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: Multipart/mixed; boundary=b", .nested),
        ("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", .transferEncoding),
        ("Content-Disposition: form-data; name=\"\(String(repeating: "n", count: 101))\"", .nameTooLong),
        ("Content-Disposition: form-data; name=a; filename=\(String(repeating: "n", count: 1025))", .fileNameTooLong),
        ("Content-Disposition: form-data; name=\"a\"; x=\"\(String(repeating: "n", count: 9000))\"", .headerTooLong),
    ]

    @Test("A part that is described wrongly is refused, and for what it is", arguments: refusedHeaders)
    func refusedHeader(headers: String, expected: MultipartRefusal) {
        #expect(Self.refusal(Self.form(headers)) == expected)
    }

    @Test("A part without any header is refused")
    func noHeader() {
        #expect(Self.refusal(Array("--\(Self.boundary)\r\n\r\nx\r\n--\(Self.boundary)--".utf8)) == .nameMissing)
    }

    @Test(
        "A line that begins with the boundary and goes on is refused", arguments: ["x", "-x", " x", " --", "\rx", "\n"])
    func boundaryLine(rest: String) {
        #expect(Self.refusal(Array("--\(Self.boundary)\(rest)\r\n".utf8)) == .boundaryLine)
    }

    @Test("Blanks behind a boundary are allowed, but not without end")
    func padding() throws {
        let part = "\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--\(Self.boundary)--"
        #expect(try Self.read(Array("--\(Self.boundary) \t\(part)".utf8)).count == 1)
        let blanks = String(repeating: " ", count: 9000)
        #expect(Self.refusal(Array("--\(Self.boundary)\(blanks)\(part)".utf8)) == .headerTooLong)
    }

    @Test("A body without its boundary is given up early")
    func noBoundary() {
        #expect(Self.refusal(Array(repeating: UInt8(ascii: "x"), count: 10_000)) == .noParts)
    }

    @Test("There is a limit to the parts of a form")
    func tooManyParts() {
        var limits = MultipartLimits()
        limits.parts = 2
        let part = "--\(Self.boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"
        let end = "--\(Self.boundary)--"
        #expect(Self.refusal(Array((part + part + end).utf8), limits: limits) == nil)
        #expect(Self.refusal(Array((part + part + part + end).utf8), limits: limits) == .tooManyParts)
    }

    @Test("Once refused, a form stays refused")
    func staysRefused() throws {
        var parser = MultipartParser(boundary: try MultipartBoundary(Array("B".utf8)))
        let bad = Array("--Bx".utf8)
        #expect(throws: MultipartRefusal.boundaryLine) { try bad.withUnsafeBytes { try parser.feed($0) { _ in } } }
        let good = Array("--B--".utf8)
        #expect(throws: MultipartRefusal.boundaryLine) { try good.withUnsafeBytes { try parser.feed($0) { _ in } } }
        #expect(throws: MultipartRefusal.boundaryLine) { try parser.finish() }
    }

    @Test(
        "The boundary comes from the request's Content-Type",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;BOUNDARY=\"a b:c\"", "a b:c"),
            ("multipart/form-data; charset=utf-8; boundary=\"a\\+c\"", "a+c"),
            ("multipart/form-data;; boundary=abc;", "abc"),
        ])
    func boundaryOfContentType(header: String, expected: String) throws {
        #expect(try MultipartBoundary(ofContentType: header).bytes == Array(expected.utf8))
    }

    static let refusedTypes: [(String?, MultipartRefusal)] = [
        (nil, .notMultipart), ("", .notMultipart), ("text/xml; boundary=a", .notMultipart),
        ("multipart/mixed; boundary=a", .notMultipart), ("multipart/form-data; boundary=a; boundary=b", .notMultipart),
        ("multipart/form-data; boundary=a b", .notMultipart), ("multipart/form-data", .boundaryMissing),
        ("multipart/form-data; boundary=\"\"", .boundaryMalformed),
        ("multipart/form-data; boundary=\"a \"", .boundaryMalformed),
        ("multipart/form-data; boundary=\"a\r\"", .boundaryMalformed),
        ("multipart/form-data; boundary=\"ä\"", .boundaryMalformed),
        ("multipart/form-data; boundary=a*b", .boundaryMalformed),
        ("multipart/form-data; boundary=\(String(repeating: "a", count: 71))", .boundaryMalformed),
    ]

    @Test("A Content-Type that cannot be a form with files is refused", arguments: refusedTypes)
    func refusedContentType(header: String?, expected: MultipartRefusal) {
        #expect(throws: expected) { try MultipartBoundary(ofContentType: header) }
    }

    @Test("Each refusal says what to do")
    func sentences() {
        let sentences = MultipartRefusal.allCases.map(\.sentence)
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { $0.hasSuffix(".") })
    }
}
