// Compiled together with Sources/Web/Forms/Multipart, which needs nothing else of the portal.

/// Feeds the input as the body of a form: whole and in pieces it must tell the same, and nothing beyond its limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMultipart(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: bytes, count: count)
    let whole = MultipartOutcome(input, longest: nil)
    hold(MultipartOutcome(input, longest: 1) == whole, "one byte at a time it is another form")
    hold(MultipartOutcome(input, longest: 70) == whole, "in pieces it is another form")
    whole.check()
    // The header of a request is the other thing a client chooses.
    _ = try? MultipartBoundary(ofContentType: String(decoding: input, as: UTF8.self))
    return 0
}

/// What was told of a form.
private struct MultipartOutcome: Equatable {
    struct Part: Equatable {
        let head: PartHead
        var content: [UInt8] = []
        var hasEnded = false
    }

    private var parts: [Part] = []
    private var refusal: MultipartRefusal?

    private static let limits = MultipartLimits(parts: 4, headerBytes: 300, nameBytes: 10, fileNameBytes: 20)

    init(_ input: UnsafeRawBufferPointer, longest: Int?) {
        guard let boundary = try? MultipartBoundary(Array("B-'x".utf8)) else { fatalError("the boundary is allowed") }
        var parser = MultipartParser(boundary: boundary, limits: Self.limits)
        do {
            if let longest {
                try input.forEachPiece(upTo: longest) { piece in try parser.feed(piece) { take($0) } }
            } else {
                try parser.feed(input) { take($0) }
            }
            try parser.finish()
        } catch {
            refusal = error as? MultipartRefusal
            hold(refusal != nil, "it throws something else than a refusal")
        }
    }

    private mutating func take(_ event: MultipartEvent) {
        switch event {
        case .begin(let head):
            hold(parts.last?.hasEnded ?? true, "a part begins inside another")
            parts.append(Part(head: head))
        case .content(let bytes):
            hold(parts.last?.hasEnded == false && !bytes.isEmpty, "content is told outside a part, or empty")
            parts[parts.count - 1].content += bytes
        case .end:
            hold(parts.last?.hasEnded == false, "a part ends that is not open")
            parts[parts.count - 1].hasEnded = true
        }
    }

    func check() {
        hold(parts.count <= Self.limits.parts, "there are more parts than allowed")
        hold(refusal != nil || parts.allSatisfy { $0.hasEnded }, "it is complete with an open part")
        for part in parts {
            let texts = [part.head.name, part.head.fileName ?? "", part.head.contentType ?? ""]
            for scalar in texts.joined().unicodeScalars {
                hold(scalar.properties.generalCategory != .control, "a control character is left in a name")
                hold(!scalar.properties.isBidiControl, "a bidirectional character is left in a name")
            }
            hold(part.head.fileName?.contains { "/\\".contains($0) } != true, "a folder is left in a file's name")
            let delimiter = Array("\r\n--B-'x".utf8)
            let lines = Array("\r\n".utf8) + part.content
            hold(
                !lines.indices.contains { lines[$0...].starts(with: delimiter) } || !part.hasEnded,
                "a boundary is left in a content")
        }
    }
}
