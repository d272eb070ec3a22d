import Domain

/// What the manual knows of log files and of the codes in them, and where its pages have it.
public struct LogReference: Sendable {
    public let knowledge: LogKnowledge

    /// Reads its three tables alone: whoever only reads logs need not wait for the whole manual.
    ///
    /// - Throws: `ContentProblems` with every problem of these files; whether their links lead somewhere is for ``Manual`` to say.
    public init(contentDirectory: String) throws {
        var content = ContentFolder(contentDirectory)
        let codes = ErrorCodeTable(from: &content)
        let logs = LogFileTable(from: &content)
        let signatures = LogSignatureTable(from: &content, codes: codes, logs: logs)
        guard content.problems.isEmpty else { throw ContentProblems(content.problems) }
        self.init(codes, logs, signatures)
    }

    init(_ codes: ErrorCodeTable, _ logs: LogFileTable, _ signatures: LogSignatureTable) {
        knowledge = LogKnowledge(codes: codes.codes, logs: logs.logs, signatures: signatures.signatures)
    }

    /// Where the manual explains the code: `/manual/reference/error-codes#12007`.
    public func link(for code: ErrorCode) -> String { ErrorCodeTable.path + "#" + code.id.headingID }

    /// Where the manual says of a code that it does not have what it carries: the code of the status that it may be, or the page.
    public func link(for code: UnlistedCode) -> String {
        ErrorCodeTable.path + (code.likeStatus.map { "#" + $0.headingID } ?? "")
    }

    /// Where the manual explains the line: `/manual/reference/log-signatures#adr-download-failed`.
    public func link(for signature: LogSignature) -> String { LogSignatureTable.path + "#" + signature.id.headingID }

    /// Where the manual explains the log file: `/manual/reference/log-files#ruleengine-log`.
    public func link(for log: LogFile) -> String { LogFileTable.path + "#" + log.name.headingID }
}
