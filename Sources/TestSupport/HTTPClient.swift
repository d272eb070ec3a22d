import Dispatch
import Glibc

/// A client that says exactly what it is told, also what no decent client would: halves of bodies, two hosts, raw bytes.
///
/// One connection for each request, on a thread of its own: a test that blocked a thread of the tasks could stop the very
/// server it waits for.
public struct HTTPClient: Sendable {
    public let port: Int

    public init(port: Int) { self.port = port }

    /// What came back.
    public struct Reply: Sendable {
        public let status: Int
        /// In lower case; of several fields with one name, the last.
        public let headers: [String: String]
        public var body: String { String(decoding: bytes, as: UTF8.self) }
        /// The body as it came, for one that is no text.
        public let bytes: [UInt8]

        /// The address a redirect names.
        public var location: String? { headers["location"] }
    }

    /// No answer came, or one that is not HTTP.
    public struct NoReply: Error {
        public let text: String
    }

    public func get(_ target: String, headers: [String: String] = [:], method: String = "GET") async throws -> Reply {
        try await send(head(method, target, headers))
    }

    /// Sends a form the way a browser does.
    public func post(
        _ target: String, _ controls: [(String, String)], headers: [String: String] = [:]
    ) async throws -> Reply {
        try await post(target, body: Self.encode(controls), headers: headers)
    }

    /// Sends a body as it is.
    public func post(_ target: String, body: String, headers: [String: String] = [:]) async throws -> Reply {
        var all = ["Content-Type": "application/x-www-form-urlencoded", "Content-Length": String(body.utf8.count)]
        all.merge(headers) { $1 }
        return try await send(head("POST", target, all) + body)
    }

    /// Sends a text as it is and reads until the server closes the connection, or nothing comes for `patience` seconds.
    ///
    /// - Parameter endsAfterSending: whether the sending half of the connection is closed then.
    public func send(_ text: String, patience: Int = 10, endsAfterSending: Bool = false) async throws -> Reply {
        let bytes = try await exchange(Array(text.utf8), patience: patience, endsAfterSending: endsAfterSending)
        return try Self.read(bytes)
    }

    /// The same without reading the answer as HTTP: nothing, when the server closed without one.
    public func exchange(_ bytes: [UInt8], patience: Int, endsAfterSending: Bool = false) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "http client").async {
                continuation.resume(
                    with: Result { try converse(bytes, patience: patience, endsAfterSending: endsAfterSending) })
            }
        }
    }

    /// Asks for something, reads the beginning of the answer, and breaks the connection off in the middle.
    ///
    /// - Returns: how many bytes were read.
    public func abandon(_ target: String) async throws -> Int {
        let request = Array(head("GET", target, [:]).utf8)
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "http client").async {
                continuation.resume(with: Result { try breakOff(request) })
            }
        }
    }

    /// Sends some bytes and keeps the connection open for as long as `body` takes.
    public func holding<Value>(_ bytes: [UInt8], _ body: () async throws -> Value) async throws -> Value {
        let connection = try connect(patience: 10)
        defer { close(connection) }
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        return try await body()
    }

    private func breakOff(_ request: [UInt8]) throws -> Int {
        let connection = try connect(patience: 10)
        defer { close(connection) }
        // Without lingering, closing resets the connection.
        var reset = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
        _ = Glibc.send(connection, request, request.count, Int32(MSG_NOSIGNAL))
        var piece = [UInt8](repeating: 0, count: 4096)
        return recv(connection, &piece, piece.count, 0)
    }

    private func converse(_ bytes: [UInt8], patience: Int, endsAfterSending: Bool) throws -> [UInt8] {
        let connection = try connect(patience: patience)
        defer { close(connection) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        if endsAfterSending { shutdown(connection, Int32(SHUT_WR)) }
        return receive(connection)
    }

    /// Names and texts as a form's body.
    public static func encode(_ controls: [(String, String)]) -> String {
        controls.map { encode($0.0) + "=" + encode($0.1) }.joined(separator: "&")
    }

    private static func encode(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            case UInt8(ascii: " "): "+"
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    private func head(_ method: String, _ target: String, _ headers: [String: String]) -> String {
        var all = ["Host": "127.0.0.1:\(port)", "Connection": "close"]
        all.merge(headers) { $1 }
        let lines = all.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }
        return "\(method) \(target) HTTP/1.1\r\n\(lines.joined())\r\n"
    }

    private func connect(patience: Int) throws -> Int32 {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(connection)
            throw NoReply(text: "no connection to port \(port)")
        }
        return connection
    }

    private func receive(_ connection: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(connection, &piece, piece.count, 0)
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }

    private static func read(_ bytes: [UInt8]) throws -> Reply {
        let end: [UInt8] = [13, 10, 13, 10]
        guard let split = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
            throw NoReply(text: String(decoding: bytes, as: UTF8.self))
        }
        let lines = String(decoding: bytes[..<split], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else {
            throw NoReply(text: String(decoding: bytes, as: UTF8.self))
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let halves = line.split(separator: ":", maxSplits: 1)
            guard halves.count == 2 else { continue }
            headers[halves[0].lowercased()] = String(halves[1].drop { $0 == " " })
        }
        return Reply(status: status, headers: headers, bytes: Array(bytes[(split + 4)...]))
    }
}
