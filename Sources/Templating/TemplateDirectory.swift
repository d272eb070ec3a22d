import Foundation

extension TemplateSet {
    /// Reads and compiles every `*.mustache` below a folder; hidden files and folders are left out.
    ///
    /// - Parameter directory: path of the folder; faults name files by it, such as `Templates/pages/proxy.mustache`.
    /// - Throws: `TemplateErrors` with every template that has a fault, or Foundation's error when a file or the folder
    ///   cannot be read or is not UTF-8.
    public init(directory: String) throws {
        let folder = directory.hasSuffix("/") ? directory : directory + "/"
        try self.init(sources: Self.sources(below: folder), folder: folder)
    }

    private static func sources(below folder: String) throws -> [String: String] {
        let ending = ".mustache"
        var sources: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.hasSuffix(ending) {
            guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { continue }
            let name = String(path.dropLast(ending.count))
            sources[name] = try String(contentsOfFile: folder + path, encoding: .utf8)
        }
        return sources
    }
}
