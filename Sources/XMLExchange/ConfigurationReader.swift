import Domain

/// Reads one file's bytes as they come, and tells records and findings in file order.
///
/// Finds the format by content. Nothing of the file is kept beyond the record being read, and only values the portal
/// wants ever leave the reader (CONTRACTS 2). Used on one thread.
public final class ConfigurationReader {
    private let report: Report
    private let gate: ByteGate

    /// - Parameters:
    ///   - file: the name without folder, for places; nil when there is none.
    ///   - tell: called on the feeding thread; what it throws stops the reading and is rethrown by `feed` or `finish`.
    public init(file: String?, tell: @escaping (ReadEvent) throws -> Void) {
        let report = Report(file: file, tell: tell)
        self.report = report
        let parser = SAXParser { try FormatRecognition.format(of: $0, report: report) }
        gate = ByteGate(parser: parser) {
            try report.finding(
                .xmlEncodingMark, at: .start,
                "The file declares UTF-8 but is UTF-16, as PowerShell writes such files. It was read as UTF-16; there is nothing to do."
            )
        }
    }

    /// Whether a finding refused the file as a whole: the rest need not be fed.
    public var isRefused: Bool { report.isRefused }

    /// Reads more of the file. Throws only what `tell` throws.
    public func feed(_ bytes: UnsafeRawBufferPointer) throws {
        report.summary.bytes += Int64(bytes.count)
        guard !isRefused, !bytes.isEmpty else { return }
        try refusing { try bytes.withMemoryRebound(to: UInt8.self) { try gate.feed($0) } }
    }

    /// Ends the document; the reader is of no use afterwards. Throws only what `tell` throws.
    public func finish() throws -> ReadSummary {
        if !isRefused { try refusing { try gate.finish() } }
        return report.summary
    }

    private func refusing(_ body: () throws -> Void) throws {
        do { try body() } catch let refusal as Refusal { try report.refuse(refusal) }
    }
}
