/// A folder whose files explain a closed list of keys: one file a group, one heading a key.
struct KeyedFolder {
    /// Below `content/`.
    let folder: String
    /// What a key is called in problems: `field key`.
    let noun: String
    /// The groups with their keys, in reading order.
    let groups: [(name: String, keys: [String])]

    /// - Parameter keys: each with its group, in reading order.
    init(folder: String, noun: String, keys: [(group: String, key: String)]) {
        self.folder = folder
        self.noun = noun
        groups = keys.reduce(into: []) { groups, entry in
            if let index = groups.firstIndex(where: { $0.name == entry.group }) {
                groups[index].keys.append(entry.key)
            } else {
                groups.append((entry.group, [entry.key]))
            }
        }
    }

    /// A file in which every heading was held against the keys of its group.
    struct Explained {
        let file: ContentFile
        let chapters: [(key: String, chapter: ContentFile.Chapter)]
    }

    /// Reads all files, and reports each key without a heading and each heading without a key.
    func read(from content: inout ContentFolder) -> [Explained] {
        reportStrayFiles(in: &content)
        return groups.compactMap { name, keys in
            guard let file = content.file("\(folder)/\(name).md") else { return nil }
            let chapters = matching(file, keys: keys, &content)
            for key in keys where !chapters.contains(where: { $0.key == key }) {
                content.report(file.name, file.lastLine, "The \(noun) \(key) has no heading here. Add “## \(key)”.")
            }
            return Explained(file: file, chapters: chapters)
        }
    }

    private func reportStrayFiles(in content: inout ContentFolder) {
        for name in content.markdownNames(in: folder) where !groups.contains(where: { $0.name + ".md" == name }) {
            content.report("\(folder)/\(name)", 1, "No \(noun) begins with “\(name.dropLast(3))”.")
        }
    }

    private func matching(
        _ file: ContentFile, keys: [String], _ content: inout ContentFolder
    ) -> [(key: String, chapter: ContentFile.Chapter)] {
        var found: [(key: String, chapter: ContentFile.Chapter)] = []
        for chapter in file.chapters {
            let (key, line) = (chapter.heading.text, chapter.heading.line)
            if !keys.contains(key) {
                content.report(file.name, line, unknown(key))
            } else if found.contains(where: { $0.key == key }) {
                content.report(file.name, line, "The \(noun) \(key) has a second heading here.")
            } else {
                found.append((key, chapter))
            }
        }
        return found
    }

    private func unknown(_ key: String) -> String {
        guard let home = groups.first(where: { $0.keys.contains(key) }) else { return "“\(key)” is no \(noun)." }
        return "The \(noun) \(key) belongs in content/\(folder)/\(home.name).md."
    }
}
