import Domain

/// The servers as a table for spreadsheets: one row each, RFC 4180, with the field keys for a header.
///
/// A value that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that begins with an
/// apostrophe: whoever reads the file back takes one leading apostrophe away, always.
public struct ConfigurationCSV {
    private let write: ([UInt8]) throws -> Void

    /// The columns: who, General, Proxy, the roles, and the details of the roles that have any.
    static let columns: [FieldKey] =
        [.serverName, .serverSite] + General.fields.map(\.key) + Proxy.fields.map(\.key) + [.roleName]
        + details.map(\.key)

    private static let details: [(role: RoleName, key: FieldKey)] =
        [RoleName.softwareUpdatePoint, .serviceConnectionPoint, .distributionPoint].flatMap { role in
            RoleDetails.fields(of: role).map { (role, $0.key) }
        }

    /// Writes the header, behind the mark that tells a spreadsheet it is UTF-8.
    public init(_ write: @escaping ([UInt8]) throws -> Void) throws {
        self.write = write
        try write([0xEF, 0xBB, 0xBF] + Self.row(Self.columns.map(\.rawValue)))
    }

    /// One server as it is intended. What nobody told is blank, and so is what is none.
    public func server(_ record: ServerRecord) throws {
        let server = record.intended
        var cells = [server.name.text, server.site.text]
        cells += General.fields.map { server.general?.value($0.key).text ?? "" }
        cells += Proxy.fields.map { server.proxy?.value($0.key).text ?? "" }
        cells.append(server.roles.map(\.name.text).joined(separator: "; "))
        cells += Self.details.map { role, key in
            server.roles.first { $0.name == role }?.details?.value(key).text ?? ""
        }
        try write(Self.row(cells))
    }

    static func row(_ cells: [String]) -> [UInt8] {
        Array((cells.map(cell).joined(separator: ",") + "\r\n").utf8)
    }

    static func cell(_ value: String) -> String {
        let guarded = needsGuard(value) ? "'" + value : value
        let isQuoted = guarded.unicodeScalars.contains { ["\"", ",", "\r", "\n"].contains($0) }
        guard isQuoted else { return guarded }
        return "\"" + guarded.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// By scalars: CR and LF are one character, and a letter behind a mark is another.
    private static func needsGuard(_ value: String) -> Bool {
        guard let first = value.unicodeScalars.first else { return false }
        return ["=", "+", "-", "@", "\t", "\r", "'"].contains(first)
    }
}
