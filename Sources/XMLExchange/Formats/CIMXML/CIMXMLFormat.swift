import Domain

/// WMI's own XML (DMTF DSP0201 with Microsoft's embedded objects), as `wmic … /format:rawxml` writes it.
final class CIMXMLFormat: RecordFormat {
    /// All state in one value, not checked for exclusive access: nothing calls back into a format.
    @exclusivity(unchecked) private var walk: CIMXMLWalk

    init(report: Report) { walk = CIMXMLWalk(report: report) }

    func start(_ tag: StartTag) throws { try walk.start(tag) }
    func end() throws { try walk.end() }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws { walk.text(bytes) }
    func finish() throws { try walk.finish() }
}
