import Foundation

/// A folder of an organisation's own Markdown files, as it is now: nothing outside of it is ever read, whatever its files name.
struct RunbookFolder {
    /// A file that becomes a page.
    struct File: Equatable {
        /// Below the folder, such as `network/firewall.md`.
        let path: String
        let size: Int
        /// Of the last change of its text, and of anything about it, in nanoseconds since 1970.
        let changed: [Int]
        /// Which file it is, of all that had this name.
        let number: UInt
    }

    let directory: String

    /// The files a folder may have, the bytes of one, and how deep folders may be nested: it is read again while people wait.
    static let mostFiles = 1000
    static let largestFile = 1 << 20
    static let deepest = 8

    /// What is in the folder, and what was refused there, a sentence each.
    func list() -> (files: [File], refused: [String]) {
        var (files, refused): ([File], [String]) = ([], [])
        if status(of: "")?.isFolder != true {
            return ([], ["The folder of runbooks cannot be read. Check the path that --docs names."])
        }
        list("", depth: 0, &files, &refused)
        if files.count > Self.mostFiles {
            refused.append("Only the first \(Self.mostFiles) files are shown; the folder has more.")
            files.removeLast(files.count - Self.mostFiles)
        }
        return (files, refused)
    }

    private func list(_ folder: String, depth: Int, _ files: inout [File], _ refused: inout [String]) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory + "/" + folder) else {
            refused.append(
                "\(folder.isEmpty ? "The folder" : folder) cannot be read. Let the account of this server read it.")
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") && files.count <= Self.mostFiles {
            let path = folder.isEmpty ? name : folder + "/" + name
            if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                refused.append("A file whose name has a control character is not shown. Give it another name.")
                continue
            }
            guard let status = status(of: path) else { continue }
            if status.isLink {
                refused.append("\(path) is a symbolic link, and is not followed. Put the file itself there.")
            } else if status.isFolder {
                if depth + 1 < Self.deepest {
                    list(path, depth: depth + 1, &files, &refused)
                } else {
                    refused.append("\(path) is nested too deep to be read.")
                }
            } else if status.isFile && name.hasSuffix(".md") {
                if status.size > Self.largestFile {
                    refused.append("\(path) has more than 1 MiB, and is not shown.")
                } else {
                    files.append(
                        File(path: path, size: status.size, changed: status.changed, number: status.number))
                }
            }
        }
    }

    /// The text of a file that the folder shows; nil where there is none, where it is no UTF-8, and where the way to it leads
    /// over a link.
    func text(_ path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.hasSuffix(".md"), parts.count <= Self.deepest,
            !parts.contains(where: { $0.isEmpty || $0.hasPrefix(".") || $0.utf8.contains(0) }),
            let descriptor = opened(parts.map(String.init))
        else { return nil }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let data = try? handle.read(upToCount: Self.largestFile + 1), data.count <= Self.largestFile else {
            return nil
        }
        let text = String(data: data, encoding: .utf8)
        return text?.hasPrefix("\u{FEFF}") == true ? text.map { String($0.dropFirst()) } : text
    }

    /// The descriptor of a file, opened part by part: nobody who puts a link or a pipe on the way in between leads elsewhere,
    /// or makes this wait.
    private func opened(_ parts: [String]) -> Int32? {
        var folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for part in parts.dropLast() where folder >= 0 {
            let next = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            close(folder)
            folder = next
        }
        guard folder >= 0 else { return nil }
        defer { close(folder) }
        let file = openat(folder, parts.last ?? "", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { return nil }
        var entry = stat()
        if fstat(file, &entry) == 0, entry.st_mode & S_IFMT == S_IFREG { return file }
        close(file)
        return nil
    }

    private struct Status {
        let isFile: Bool
        let isFolder: Bool
        let isLink: Bool
        let size: Int
        let changed: [Int]
        let number: UInt
    }

    private func status(of path: String) -> Status? {
        var entry = stat()
        let whole = path.isEmpty ? directory : directory + "/" + path
        // The folder itself may be named by a link; what is in it may not.
        guard (path.isEmpty ? stat(whole, &entry) : lstat(whole, &entry)) == 0 else { return nil }
        let kind = entry.st_mode & S_IFMT
        return Status(
            isFile: kind == S_IFREG, isFolder: kind == S_IFDIR, isLink: kind == S_IFLNK, size: Int(entry.st_size),
            changed: [entry.st_mtim, entry.st_ctim].map { Int($0.tv_sec) * 1_000_000_000 + Int($0.tv_nsec) },
            number: UInt(entry.st_ino))
    }
}
