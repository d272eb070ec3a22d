import Crypto
import Foundation
import HTTPTypes
import Pages

/// The files of `Public/`, held in memory: what is not in the table is not served, whatever an address looks like.
public struct AssetTable: Sendable {
    private let assets: [String: ReadyAnswer]
    private let schemas: [String: ReadyAnswer]
    private let addresses: [String: String]

    /// Reads a folder: `schema/` keeps its names, everything else gets a fingerprint into its name.
    ///
    /// Hidden files and links are left out, and so are files of unknown kinds.
    public init(directory: String) throws {
        var assets: [String: ReadyAnswer] = [:]
        var schemas: [String: ReadyAnswer] = [:]
        var addresses: [String: String] = [:]
        for path in try Self.files(below: directory) {
            guard let type = Self.contentType(of: path) else { continue }
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: directory + "/" + path)))
            let hash = SHA256.hash(data: bytes).prefix(8).map { String(format: "%02x", $0) }.joined()
            let name = String(path.split(separator: "/").last ?? "")
            if path.hasPrefix("schema/") {
                schemas[name] = ReadyAnswer(bytes, headers: .asset(type, cacheControl: "no-cache"))
            } else {
                let marked = Self.fingerprinted(name, hash)
                let forEver = HTTPFields.asset(type, cacheControl: "public, max-age=31536000, immutable")
                assets[marked] = ReadyAnswer(bytes, headers: forEver)
                addresses[name] = Route.asset(marked).path
            }
        }
        self.assets = assets
        self.schemas = schemas
        self.addresses = addresses
    }

    /// The address of a file by its name in the folder; the address changes with the file's content.
    ///
    /// - Throws: ``MissingAsset``.
    public func address(of name: String) throws(MissingAsset) -> String {
        guard let address = addresses[name] else { throw MissingAsset(name: name) }
        return address
    }

    func schema(_ name: String) -> ReadyAnswer? { schemas[name] }

    /// The files with a fingerprint, by their addresses.
    var answers: [String: ReadyAnswer] {
        Dictionary(uniqueKeysWithValues: assets.map { (Route.asset($0.key).path, $0.value) })
    }

    private static func files(below directory: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: directory).sorted().filter { path in
            let parts = path.split(separator: "/")
            guard !parts.contains(where: { $0.hasPrefix(".") }) else { return false }
            // Every part is looked at: a file below a linked folder is no file of ours.
            return try parts.indices.allSatisfy { index in
                let part = directory + "/" + parts[...index].joined(separator: "/")
                let type = try FileManager.default.attributesOfItem(atPath: part)[.type] as? FileAttributeType
                return type == (index == parts.indices.last ? .typeRegular : .typeDirectory)
            }
        }
    }

    private static func contentType(of path: String) -> String? {
        switch path.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml; charset=utf-8"
        case "xsd": "application/xml; charset=utf-8"
        default: nil
        }
    }

    /// `site.css` becomes `site.3f….css`.
    private static func fingerprinted(_ name: String, _ hash: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return name + "." + hash }
        return name[..<dot] + "." + hash + name[dot...]
    }
}

/// A file that pages name is not in `Public/`.
public struct MissingAsset: Error, CustomStringConvertible {
    public let name: String
    public var description: String { "Public/ has no file “\(name)”, which every page names." }
}
