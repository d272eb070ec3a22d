import Dispatch
import Glibc
import Logging
import Pages
import Synchronization

/// The program's log as lines on a file descriptor, each whole, in the order in which they came.
///
/// One thread writes, everything that has come in the meantime at once. While whoever reads the log takes nothing, lines wait; when
/// too many do, whole ones are left out and counted, because no request may wait for its line.
///
/// By hand, because the log line of a request is a third of what a small answer costs: the usual handler asks the system for
/// its time zone for every line, and puts texts together that nobody reads for every request.
public final class LineLog: Sendable {
    private let descriptor: Int32
    private let clock: @Sendable () -> Int64
    /// A line is cut off here, so that one request does not fill the log.
    static let longestLine = 2048
    private static let mostWaiting = 1 << 20
    /// How long lines are gathered: to wake the thread that writes costs more than the line does.
    private static let gathering = DispatchTimeInterval.milliseconds(20)
    private let waiting = Mutex(Waiting())
    private let writer = DispatchQueue(label: "proxydesk.log")

    private struct Waiting {
        var bytes: [UInt8] = []
        /// Lines that found no room.
        var leftOut = 0
        /// Whether what waits will be written without anybody asking.
        var isScheduled = false
        /// The same, at once: there is little room left.
        var isHurried = false
        /// Whether the last line was written in part.
        var isTorn = false
    }

    private let minute = Mutex((number: Int64.min, text: [UInt8]()))

    /// - Parameters:
    ///   - descriptor: where the lines go; 2 is standard error.
    ///   - clock: milliseconds since 1970, UTC.
    public init(descriptor: Int32, clock: @escaping @Sendable () -> Int64) {
        self.descriptor = descriptor
        self.clock = clock
    }

    /// Takes a line to be written: the time (RFC 3339, UTC, milliseconds), then what `fill` appends.
    ///
    /// - Parameter isUrgent: whether it is to be written at once, because the program may end over what it tells.
    func line(isUrgent: Bool = false, _ fill: (inout [UInt8]) -> Void) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        appendTime(to: &bytes)
        fill(&bytes)
        if bytes.count > Self.longestLine { bytes.replaceSubrange((Self.longestLine - 3)..., with: "...".utf8) }
        bytes.append(UInt8(ascii: "\n"))
        let (isFirst, isHurry) = waiting.withLock { waiting in
            guard waiting.bytes.count + bytes.count <= Self.mostWaiting else {
                waiting.leftOut += 1
                return (false, false)
            }
            waiting.bytes += bytes
            let isHurry = (isUrgent || waiting.bytes.count > Self.mostWaiting / 2) && !waiting.isHurried
            if isHurry { waiting.isHurried = true }
            defer { waiting.isScheduled = true }
            return (!waiting.isScheduled, isHurry)
        }
        if isHurry { writer.async { _ = self.writeWaiting() } }
        if isFirst { writeSoon() }
    }

    /// Waits until everything is written, a second at most: for the end of the program.
    public func flush() {
        let isWritten = DispatchSemaphore(value: 0)
        writer.async {
            while self.writeWaiting() {}
            isWritten.signal()
        }
        _ = isWritten.wait(timeout: .now() + .seconds(1))
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

    private func writeSoon() {
        writer.asyncAfter(deadline: .now() + Self.gathering) {
            _ = self.writeWaiting()
            let isMore = self.waiting.withLock { waiting in
                waiting.isScheduled = !waiting.bytes.isEmpty
                return waiting.isScheduled
            }
            if isMore { self.writeSoon() }
        }
    }

    /// - Returns: false when nothing was waiting.
    private func writeWaiting() -> Bool {
        let taken = waiting.withLock { waiting in
            let taken = waiting
            waiting = Waiting(isScheduled: taken.isScheduled, isTorn: taken.isTorn && taken.bytes.isEmpty)
            return taken
        }
        if taken.bytes.isEmpty { return false }
        // The next line begins on a line of its own, whatever became of the one before.
        let isWhole = (!taken.isTorn || write([UInt8(ascii: "\n")])) && write(taken.bytes)
        if !isWhole { waiting.withLock { $0.isTorn = true } }
        if taken.leftOut > 0 {
            line { line in
                line += "warning proxydesk: ".utf8
                line.appendDigits(of: taken.leftOut)
                line += " lines were left out here, because nobody took them in time".utf8
            }
        }
        return true
    }

    /// Writes everything; a log that cannot be written must not stop the portal: what is left is lost then.
    ///
    /// - Returns: false when a line was written in part.
    private func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let count = Glibc.write(descriptor, start, rest.count)
                if count < 0 && errno == EINTR { continue }
                if count < 0 && errno == EAGAIN {
                    var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&state, 1, -1)
                    continue
                }
                guard count > 0 else {
                    return rest.startIndex == 0 || buffer[rest.startIndex - 1] == UInt8(ascii: "\n")
                }
                rest = rest.dropFirst(count)
            }
            return true
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
        log.line(isUrgent: event.level >= .error) { $0.appendHarmless(words, isEscaped: true) }
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
