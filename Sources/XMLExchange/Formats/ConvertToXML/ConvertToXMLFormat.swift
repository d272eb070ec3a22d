import Domain

/// Objects as PowerShell's ConvertTo-Xml writes them: raw items, and flattened reports of them.
final class ConvertToXMLFormat: RecordFormat {
    /// All state in one value, not checked for exclusive access: nothing calls back into a format.
    @exclusivity(unchecked) private var walk: ConvertToXMLWalk

    init(report: Report) { walk = ConvertToXMLWalk(report: report) }

    func start(_ tag: StartTag) throws { try walk.start(tag) }
    func end() throws { try walk.end() }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws { walk.text(bytes) }
    func finish() throws { try walk.finish() }
}
