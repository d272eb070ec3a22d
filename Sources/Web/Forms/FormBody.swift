import HTTPTypes
import Hummingbird
import NIOCore
import Pages

/// A form as it was sent: names and texts in their order, repeated ones and all.
struct FormBody: Sendable {
    private(set) var pairs: [Pair] = []
    /// Whether there were more pairs than a form of ours can have; the rest was not read.
    private(set) var isCut = false

    struct Pair: Sendable, Equatable {
        let name: String
        let value: String
        /// Whether name or value was not well-formed UTF-8, or held a NUL; the texts are then what could be read.
        let isBroken: Bool
    }

    /// No page has a tenth of it.
    static let mostPairs = 200

    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// Source: WHATWG, "URL Standard", section 5.1; but strict about UTF-8 and percent signs.
    init(bytes: some Collection<UInt8>) {
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            if pairs.count == Self.mostPairs {
                isCut = true
                return
            }
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.text(halves[0])
            let value = halves.count > 1 ? Self.text(halves[1]) : (text: "", isBroken: false)
            pairs.append(Pair(name: name.text, value: value.text, isBroken: name.isBroken || value.isBroken))
        }
    }

    private static func text(_ bytes: some Collection<UInt8>) -> (text: String, isBroken: Bool) {
        guard let encoded = String(validating: bytes, as: UTF8.self),
            let text = encoded.percentDecoded(plusIsSpace: true), !text.utf8.contains(0)
        else { return (readable(bytes), true) }
        return (text, false)
    }

    /// What a person can recognise of a text that cannot be taken.
    private static func readable(_ bytes: some Collection<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return String(text.unicodeScalars.map { $0.value == 0 ? "\u{FFFD}" : Character($0) })
    }
}

/// The connection broke while a form was coming in: there is nobody left to answer.
struct ConnectionLost: Error {
    let cause: any Error
}

extension FormBody {
    /// Reads a request's body, within its limits of length and time.
    ///
    /// - Throws: ``Refusal``, or ``ConnectionLost``.
    init(reading request: Request, _ settings: WebSettings) async throws {
        guard Self.isForm(request.headers[.contentType]) else { throw Refusal.wrongContentType }
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > settings.bodyLimit { throw Refusal.bodyTooLong(limit: settings.bodyLimit) }
        let bytes = try await Self.collect(request.body, settings)
        // A connection that ends early looks like the end of the body: half a form must not be taken for a whole one.
        if let announced, announced != bytes.readableBytes { throw ConnectionLost(cause: HalfBody()) }
        self.init(bytes: bytes.readableBytesView)
    }

    private struct HalfBody: Error {}

    private static func isForm(_ contentType: String?) -> Bool {
        let type = contentType?.prefix { $0 != ";" }.lowercased() ?? ""
        return type.filter { $0 != " " } == "application/x-www-form-urlencoded"
    }

    private static func collect(_ body: RequestBody, _ settings: WebSettings) async throws -> ByteBuffer {
        try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
            group.addTask { try await collect(body, limit: settings.bodyLimit) }
            group.addTask {
                try await Task.sleep(for: settings.requestDeadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let bytes = first else { throw Refusal.bodyTooSlow }
            return bytes
        }
    }

    private static func collect(_ body: RequestBody, limit: Int) async throws -> ByteBuffer {
        var bytes = ByteBuffer()
        do {
            for try await var piece in body {
                guard bytes.readableBytes + piece.readableBytes <= limit else {
                    throw Refusal.bodyTooLong(limit: limit)
                }
                bytes.writeBuffer(&piece)
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw ConnectionLost(cause: error)
        }
        return bytes
    }
}
