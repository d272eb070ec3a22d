import Domain
import Foundation
import LogReading
import Manual

/// What ships, to read logs with.
enum Shipped {
    static let patterns = Result {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return LogPatterns(try LogReference(contentDirectory: root + "/content").knowledge)
    }
}

/// Reads bytes in pieces of a size, or whole.
func diagnose(_ bytes: some Collection<UInt8>, file: String? = nil, pieces: Int? = nil) throws -> LogDiagnosis {
    var reader = LogReader(try Shipped.patterns.get(), file: file)
    let bytes = Array(bytes)
    var start = 0
    while start < bytes.count {
        let end = min(bytes.count, start + (pieces ?? bytes.count))
        bytes[start..<end].withUnsafeBytes { reader.feed($0) }
        start = end
    }
    return reader.finish()
}

func diagnose(_ text: String, file: String? = nil) throws -> LogDiagnosis { try diagnose(text.utf8, file: file) }

extension LogDiagnosis {
    var codeIDs: [String] { codes.map(\.code.id).sorted() }
    var signatureIDs: [String] { signatures.map(\.signature.id).sorted() }

    /// All that was found, in words that can be compared.
    var summary: String {
        let sightings = { (seen: LogSightings) in
            "\(seen.count) \(seen.first?.text ?? "-") \(seen.last?.text ?? "-") \(seen.components) \(seen.samples)"
        }
        let lines = signatures.map { "\($0.signature.id) \($0.values) \(sightings($0.sightings))" }
        let numbers = codes.map { "\($0.code.id) \($0.values) \($0.flows) \(sightings($0.sightings))" }
        let others = unlisted.map { "\($0.code.text) \($0.flows) \(sightings($0.sightings))" }
        return
            "\(lines) \(numbers) \(others) \(sites) \(hosts) \(self.lines) \(bytes) \(format) \(encoding) \(cutLines) \(log?.name ?? "-")"
    }
}

/// One record as CMTrace's format has it.
func record(
    _ message: String, component: String = "SMS_RULE_ENGINE", time: String = "08:51:08.954-570",
    date: String = "08-01-2013"
) -> String {
    "<![LOG[\(message)]LOG]!><time=\"\(time)\" date=\"\(date)\" component=\"\(component)\" context=\"\" type=\"3\" "
        + "thread=\"2308\" file=\"engine.cpp:3520\">\r\n"
}
