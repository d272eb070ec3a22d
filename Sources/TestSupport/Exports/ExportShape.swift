/// A way in which an admin can have exported site systems, by the name of its fixture.
public enum ExportShape: String, CaseIterable, Sendable {
    /// `Get-CMSiteSystemServer | Export-Clixml`.
    case cmdlets = "iresult"
    /// `Get-WmiObject SMS_SCI_SysResUse | Export-Clixml`.
    case wmi
    /// `Get-CimInstance SMS_SCI_SysResUse | Export-Clixml`.
    case cim
    /// The cmdlets' objects through `Select-Object NetworkOSPath, RoleName, SiteCode, Props`.
    case selected
    /// A report that a script flattened, by `Export-Clixml`.
    case flat
    /// Rows of `SC_SysResUse_Property`, by `Export-Clixml`.
    case sqlRows = "sqlrow"
    /// The cmdlets' objects by `ConvertTo-Xml -Depth 3`.
    case convertTo = "convertto"
    /// A report that a script flattened, by `ConvertTo-Xml`.
    case convertToFlat = "convertto-flat"
    /// `wmic … /format:rawxml`.
    case cimXML = "cimxml"

    func builder() -> any ExportBuilder {
        switch self {
        case .cmdlets, .wmi, .cim, .selected: CLIXMLItemBuilder(shape: self)
        case .flat: CLIXMLReportBuilder()
        case .sqlRows: CLIXMLRowBuilder()
        case .convertTo: ConvertToXMLBuilder(isFlat: false)
        case .convertToFlat: ConvertToXMLBuilder(isFlat: true)
        case .cimXML: CIMXMLBuilder()
        }
    }
}

/// Writes the items of one shape.
protocol ExportBuilder {
    var lines: ExportLines { get set }
    mutating func begin()
    mutating func item(_ role: String, of server: GeneratedServer, properties: [GeneratedServer.Property])
    mutating func end()
}

/// The lines of a document, until they are passed on.
struct ExportLines {
    var bytes: [UInt8] = []
    let lineEnd: String

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func line(_ depth: Int, _ text: String) {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
        append(text)
        append(lineEnd)
    }
}
