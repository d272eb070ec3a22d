import TestSupport

/// Makes up a log file in CMTrace's format: the same bytes on every run. One line in five hundred tells of a failure.
struct LogGenerator {
    private var random = SeededGenerator(seed: 5)

    private static let components = [
        "SMS_RULE_ENGINE", "SMS_WSUS_SYNC_MANAGER", "SMS_DMP_DOWNLOADER", "Software Updates Patch Downloader",
        "WUAHandler",
    ]
    private static let messages = [
        "Checking the inbox for new files", "Policy was evaluated, nothing to do", "Waiting for the next trigger",
        "Wrote the state message for package", "Successfully moved the file to the outbox of",
        "Found the content with ID",
        "Read the settings of the site control file for", "The number of rows read is",
        "Connected to the database on CM01 as",
    ]
    private static let failures = [
        "Failed to download the update from internet. Error = 12007.", "Scan failed with error = 0x80072ee2.",
        "HttpSendRequest failed 12045, can still rety for 3 times",
        "Sync failed: UssCommunicationError: WebException: The remote name could not be resolved: 'sws.update.microsoft.com'",
        "ERROR: DownloadContentFiles() failed with hr=0x80072f0d", "The remote server returned an error: (407) Proxy",
    ]

    /// Hands out so many bytes and the rest of the last line, in pieces.
    mutating func write(_ bytes: Int, _ piece: ([UInt8]) throws -> Void) rethrows {
        var left = bytes
        var buffer: [UInt8] = []
        while left > 0 {
            let line = record()
            left -= line.utf8.count
            buffer += Array(line.utf8)
            if buffer.count > 256 << 10 || left <= 0 {
                try piece(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
    }

    private mutating func record() -> String {
        let fails = Int.random(in: 0..<500, using: &random) == 0
        let message =
            fails
            ? pick(Self.failures)
            : "\(pick(Self.messages)) \(number(1_000_000)) {\(number(99_999_999))-\(number(9_999))-407A-\(number(9_999))}"
        let time = "\(two(number(24))):\(two(number(60))):\(two(number(60))).\(100 + number(900))-060"
        return
            "<![LOG[\(message)]LOG]!><time=\"\(time)\" date=\"\(two(1 + number(12)))-\(two(1 + number(28)))-2026\" "
            + "component=\"\(pick(Self.components))\" context=\"\" type=\"\(fails ? 3 : 1)\" thread=\"\(number(20_000))\" "
            + "file=\"worker.cpp:\(number(9_000))\">\r\n"
    }

    private mutating func pick(_ texts: [String]) -> String { texts[number(texts.count)] }
    private mutating func number(_ end: Int) -> Int { Int.random(in: 0..<end, using: &random) }
    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
