import HTTPTypes
import Hummingbird
import NIOCore
import Pages

/// What the portal answers to a request, before it is known whether the body is wanted.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: ResponseBody
    /// Whether the rest of the request is not worth waiting for: the connection ends with this answer.
    var closesConnection = false

    init(_ status: HTTPResponse.Status, _ headers: HTTPFields, body: ResponseBody = ResponseBody()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func page(_ bytes: [UInt8], _ status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status, .page, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func plain(_ text: String, _ status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status, .plain, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// After a form: the browser goes to the address by GET, and going there again repeats nothing.
    static func seeOther(_ address: String) -> Answer { redirect(.seeOther, to: address) }

    /// To the spelling that is stored. Not for ever: the record may come back under another.
    static func found(_ address: String) -> Answer { redirect(.found, to: address) }

    /// To the address that a page has for good since it was moved.
    static func movedPermanently(_ address: String) -> Answer { redirect(.movedPermanently, to: address) }

    private static func redirect(_ status: HTTPResponse.Status, to address: String) -> Answer {
        var answer = plain("See \(address)\n", status)
        answer.headers[.location] = address
        return answer
    }
}
