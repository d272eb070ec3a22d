/// Writes exports of any size, in every shape an admin can have them.
///
/// The same options and seed always give the same bytes. The cmdlets' shape has about 6 KB a server in UTF-8.
public struct CLIXMLGenerator {
    public var servers: Int
    public var shape: ExportShape
    /// The share of servers that also have an item `SMS Software Update Point`, 0 to 1.
    public var softwareUpdatePointShare: Double
    /// Site codes, dealt out to the servers in turn.
    public var sites: [String]
    /// Whether to write UTF-16 with its mark, as Windows PowerShell does, instead of UTF-8 without one.
    public var isUTF16: Bool
    public var seed: UInt64

    public init(
        servers: Int, shape: ExportShape = .cmdlets, softwareUpdatePointShare: Double = 0,
        sites: [String] = ["PS1", "PS2", "CAS"], isUTF16: Bool = false, seed: UInt64 = 1
    ) {
        self.servers = servers
        self.shape = shape
        self.softwareUpdatePointShare = softwareUpdatePointShare
        self.sites = sites
        self.isUTF16 = isUTF16
        self.seed = seed
    }

    /// Writes the document in pieces of some hundred kilobytes.
    public func write(_ write: ([UInt8]) throws -> Void) rethrows {
        var builder = shape.builder()
        if isUTF16 { try write([0xFF, 0xFE]) }
        builder.begin()
        var random = SeededGenerator(seed: seed)
        for number in 0..<servers {
            let server = GeneratedServer(number: number, sites: sites, random: &random)
            builder.item("SMS Site System", of: server, properties: server.siteSystemProperties)
            if hasSoftwareUpdatePoint(number) {
                builder.item("SMS Software Update Point", of: server, properties: server.softwareUpdatePointProperties)
            }
            if builder.lines.bytes.count >= 256 * 1024 { try pass(&builder.lines, to: write) }
        }
        builder.end()
        try pass(&builder.lines, to: write)
    }

    /// The whole document; for small ones.
    public var document: [UInt8] {
        var document: [UInt8] = []
        write { document += $0 }
        return document
    }

    private func hasSoftwareUpdatePoint(_ number: Int) -> Bool {
        let before = (Double(number) * softwareUpdatePointShare).rounded(.up)
        return (Double(number + 1) * softwareUpdatePointShare).rounded(.up) > before
    }

    private func pass(_ lines: inout ExportLines, to write: ([UInt8]) throws -> Void) rethrows {
        // The generator writes ASCII alone, so a zero byte behind each makes it UTF-16.
        try write(isUTF16 ? lines.bytes.flatMap { [$0, 0] } : lines.bytes)
        lines.bytes.removeAll(keepingCapacity: true)
    }
}
