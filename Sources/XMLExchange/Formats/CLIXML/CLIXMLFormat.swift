import Domain

/// Objects as PowerShell's Export-Clixml writes them.
final class CLIXMLFormat: RecordFormat {
    static let namespace = "http://schemas.microsoft.com/powershell/2004/04"

    /// All state in one value, not checked for exclusive access: nothing calls back into a format.
    @exclusivity(unchecked) private var walk: CLIXMLWalk

    init(report: Report) { walk = CLIXMLWalk(report: report) }

    func start(_ tag: StartTag) throws { try walk.start(tag) }
    func end() throws { try walk.end() }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws { walk.text(bytes) }
    func finish() throws { try walk.finish() }
}
