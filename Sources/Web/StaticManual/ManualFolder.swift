import Foundation

/// A folder that holds a copy of the manual, and nothing else of anybody's.
///
/// A list in it names the files of the build before, so that a new build removes the pages that are gone, and nothing it did
/// not write.
public struct ManualFolder {
    private let path: String
    private let files = FileManager.default

    /// The list of the files of a build, one a line.
    static let listName = ".proxydesk-manual"

    /// Why a folder is left alone, in words that say what to do.
    public struct Refusal: Error, CustomStringConvertible {
        public let description: String
    }

    public init(path: String) { self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path }

    /// Writes the files and removes what an earlier build had more.
    ///
    /// - Returns: how many files were removed.
    /// - Throws: ``Refusal``, or what the file system says.
    public func write(_ manual: [String: [UInt8]]) throws -> Int {
        let before = try filesOfEarlierBuild()
        try makeFolder(path)
        let gone = before.subtracting(manual.keys)
        // Whatever happens on the way, the next build knows what is this one's.
        try put(list(before.union(manual.keys)), at: Self.listName)
        // Pages last: none leads to a style sheet that is not there yet.
        for name in manual.keys.sorted(by: { ($0.hasSuffix(".html") ? 1 : 0, $0) < ($1.hasSuffix(".html") ? 1 : 0, $1) }
        ) {
            try put(manual[name] ?? [], at: name)
        }
        for name in gone.sorted() { try remove(name) }
        try put(list(Set(manual.keys)), at: Self.listName)
        return gone.count
    }

    private func list(_ names: Set<String>) -> [UInt8] { Array((names.sorted().joined(separator: "\n") + "\n").utf8) }

    /// Empty for a folder that is empty or not there.
    private func filesOfEarlierBuild() throws -> Set<String> {
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else {
            throw Refusal(description: "\(path) is a file. Name a folder for the manual with --output.")
        }
        if try files.contentsOfDirectory(atPath: path).isEmpty { return [] }
        guard let list = files.contents(atPath: path + "/" + Self.listName) else {
            throw Refusal(
                description:
                    "The folder \(path) holds other files, and was left alone. Name an empty folder with --output, "
                    + "or one that an earlier build made.")
        }
        return Set(String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init).filter(Self.isInside))
    }

    /// Whether a line of the list names a file below the folder: somebody else may have written into it.
    private static func isInside(_ name: String) -> Bool {
        name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0 != "." && $0 != ".."
        }
    }

    /// Readers see the old file or the new one, never half of it.
    private func put(_ bytes: [UInt8], at name: String) throws {
        let place = path + "/" + name
        for folder in Self.folders(above: name) { try makeFolder(path + "/" + folder) }
        if files.contents(atPath: place).map({ $0.elementsEqual(bytes) }) == true { return }
        let slash = place.lastIndex(of: "/") ?? place.startIndex
        let draft = place[...slash] + "." + place[place.index(after: slash)...] + ".new"
        try? files.removeItem(atPath: String(draft))
        try Data(bytes).write(to: URL(fileURLWithPath: String(draft)), options: .withoutOverwriting)
        // The manual is there to be read by everybody.
        try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: String(draft))
        guard rename(String(draft), place) == 0 else {
            throw Refusal(description: "\(place) cannot be written: \(String(cString: strerror(errno))).")
        }
    }

    private func makeFolder(_ folder: String) throws {
        let type = type(of: folder)
        if type == .typeDirectory || (folder == path && type != nil) { return }
        guard type == nil else {
            throw Refusal(description: "\(folder) is no folder of an earlier build. Remove it, then build again.")
        }
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }

    /// Removes a file of an earlier build, and its folder where it was the last in it. What somebody put a link in front of
    /// since is not ours any more.
    private func remove(_ name: String) throws {
        guard Self.folders(above: name).allSatisfy({ type(of: path + "/" + $0) == .typeDirectory }),
            type(of: path + "/" + name).map({ $0 != .typeDirectory }) == true
        else { return }
        // Not the removal of whole folders, whatever the list says.
        guard unlink(path + "/" + name) == 0 else {
            throw Refusal(
                description:
                    "\(path)/\(name) cannot be removed: \(String(cString: strerror(errno))). Remove it, then build again."
            )
        }
        for folder in Self.folders(above: name).reversed() where rmdir(path + "/" + folder) != 0 { return }
    }

    /// Of `a/b/c.html`: `a`, `a/b`.
    private static func folders(above name: String) -> [String] {
        let parts = name.split(separator: "/").dropLast()
        return parts.indices.map { parts[...$0].joined(separator: "/") }
    }

    /// What is at a path, of a link the link; nil where nothing is.
    private func type(of place: String) -> FileAttributeType? {
        try? files.attributesOfItem(atPath: place)[.type] as? FileAttributeType
    }
}
