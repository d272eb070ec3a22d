import Glibc
import Logging
import Pages
import Synchronization

/// The program's log as lines on a file descriptor, each written at once and whole.
///
/// By hand, because the log line of a request is a third of what a small answer costs: the usual handler asks the system for
/// its time zone for every line, and puts texts together that nobody reads for every request.
public final class LineLog: Sendable {
    private let descriptor: Int32
    private let clock: @Sendable () -> Int64
    private let minute = Mutex((number: Int64.min, text: [UInt8]()))

    /// - Parameters:
    ///   - descriptor: where the lines go; 2 is standard error.
    ///   - clock: milliseconds since 1970, UTC.
    public init(descriptor: Int32, clock: @escaping @Sendable () -> Int64) {
        self.descriptor = descriptor
        self.clock = clock
    }

    /// Writes a line: the time (RFC 3339, UTC, milliseconds), then what `fill` appends.
    func line(_ fill: (inout [UInt8]) -> Void) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        appendTime(to: &bytes)
        fill(&bytes)
        bytes.append(UInt8(ascii: "\n"))
        write(bytes)
    }

    /// The beginning of a time is the same for a minute.
    private func appendTime(to bytes: inout [UInt8]) {
        let time = clock()
        let number = time / 60_000
        minute.withLock { minute in
            if minute.number != number {
                minute = (number, Array(UTCTime(milliseconds: time).minute.utf8))
            }
            bytes += minute.text
        }
        let rest = Int(time - number * 60_000)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDigits(of: rest / 1000, width: 2)
        bytes.append(UInt8(ascii: "."))
        bytes.appendDigits(of: rest % 1000, width: 3)
        bytes += "Z ".utf8
    }

    /// A log that cannot be written must not stop the portal: what is left of the line is lost then.
    private func write(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let count = Glibc.write(descriptor, start, rest.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }
}

/// What the libraries say, in the lines of the log.
public struct LineLogHandler: LogHandler {
    public var metadata = Logger.Metadata()
    public var logLevel = Logger.Level.info
    private let label: String
    private let log: LineLog

    public init(label: String, log: LineLog) {
        self.label = label
        self.log = log
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var words = "\(event.level) \(label): \(event.message)"
        let known = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in known.sorted(by: { $0.key < $1.key }) { words += " \(key)=\(value)" }
        if let error = event.error { words += " error=\(error)" }
        log.line { $0.appendHarmless(words, isEscaped: true) }
    }
}

extension [UInt8] {
    /// Appends a number that is not negative, with zeros in front up to the width.
    mutating func appendDigits(of number: Int, width: Int = 1) {
        var divisor = 1
        for _ in 1..<Swift.max(width, 1) { divisor *= 10 }
        while number / divisor >= 10 { divisor *= 10 }
        var rest = number
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }
}
