import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// An answer that is the same for everybody, made once: its bytes, plain and compressed, and all headers but those of the
/// single request.
///
/// Nothing in it is secret and nothing of the request is in it, so that its compressed size tells nothing.
struct ReadyAnswer: Sendable {
    private let plain: Form
    /// Nil where compression makes it no smaller.
    private let gzip: Form?

    /// The answer in one coding.
    private struct Form {
        /// Nil where no copy is to be kept.
        let eTag: String?
        let headers: HTTPFields
        let body: ByteBuffer
    }

    /// - Parameters:
    ///   - headers: without those about coding and length.
    ///   - hasMark: whether the answer gets a strong ETag of its content, one for each coding.
    init(_ bytes: [UInt8], headers: HTTPFields, hasMark: Bool = true) {
        let hash = hasMark ? SHA256.hash(data: bytes).prefix(16).map { $0.hexadecimal }.joined() : nil
        let compressed = hasMark ? Gzip.compressed(bytes).flatMap { $0.count < bytes.count ? $0 : nil } : nil
        var fields = headers
        if compressed != nil { fields[.vary] = "Accept-Encoding" }
        plain = Self.form(bytes, fields, eTag: hash.map { "\"\($0)\"" })
        gzip = compressed.map { compressed in
            var fields = fields
            fields[.contentEncoding] = "gzip"
            return Self.form(compressed, fields, eTag: hash.map { "\"\($0)-gzip\"" })
        }
    }

    /// The length comes first: the server looks for it in every answer.
    private static func form(_ bytes: [UInt8], _ headers: HTTPFields, eTag: String?) -> Form {
        var fields: HTTPFields = [.contentLength: String(bytes.count)]
        fields.append(contentsOf: headers)
        if let eTag { fields[.eTag] = eTag }
        return Form(eTag: eTag, headers: fields, body: ByteBuffer(bytes: bytes))
    }

    /// The content as it is.
    var bytes: [UInt8] { Array(plain.body.readableBytesView) }

    /// The coding the request asks for, or the word that its copy is still right.
    func answer(to head: HTTPRequest) -> Answer {
        let form = form(for: head)
        if let eTag = form.eTag, let known = head.headerFields[.ifNoneMatch], Negotiation.names(known, eTag) {
            return Answer(.notModified, form.headers)
        }
        return Answer(.ok, form.headers, body: ResponseBody(byteBuffer: form.body))
    }

    private func form(for head: HTTPRequest) -> Form {
        guard let gzip, let accepted = head.headerFields[.acceptEncoding], Negotiation.takesGzip(accepted) else {
            return plain
        }
        return gzip
    }
}

extension UInt8 {
    fileprivate var hexadecimal: String { (self < 16 ? "0" : "") + String(self, radix: 16) }
}
