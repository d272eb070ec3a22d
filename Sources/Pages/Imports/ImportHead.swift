import Domain
import Templating

/// What the pages of one import share: the files, and the way back to its preview.
public struct ImportHead: Sendable {
    public let id: String
    public let files: [String]
    /// Nil while nothing was recognised.
    public let format: FileFormat?
    public let bytes: Int64
    /// Site, item and component objects met.
    public let records: Int
    /// When it was begun, in milliseconds since 1970, UTC.
    public let began: Int64
    /// Counts the comparisons: a choice that was made on an older one is not carried out unseen.
    public let comparison: Int

    public init(
        id: String, files: [String], format: FileFormat?, bytes: Int64, records: Int, began: Int64, comparison: Int
    ) {
        self.id = id
        self.files = files
        self.format = format
        self.bytes = bytes
        self.records = records
        self.began = began
        self.comparison = comparison
    }

    /// The files as a title names them.
    var name: String {
        switch files.count {
        case 0: "a file"
        case 1: files[0]
        default: "\(files[0]) and \(files.count == 2 ? "another file" : "\(files.count - 1) other files")"
        }
    }

    var link: String { Route.importPreview(id).path }

    /// - Parameter title: nil on the preview itself.
    func frame(_ title: String?, form: FormState? = nil, notice: Notice? = nil) -> PageFrame {
        let own = "Import of \(name)"
        var crumbs = [PageFrame.Crumb(title: "Import", link: Route.importing.path)]
        if title != nil { crumbs.append(PageFrame.Crumb(title: own, link: link)) }
        return PageFrame(
            title: title.map { "\($0) – \(own)" } ?? own, section: .importing, crumbs: crumbs, form: form,
            notice: notice)
    }

    func fill(_ model: inout TemplateModel) {
        let time = UTCTime(milliseconds: began)
        model[.name] = .text(name)
        model[.link] = .text(link)
        model[.action] = .text(Route.importConfirm(id).path)
        model[.cancel] = .text(Route.importCancel(id).path)
        model[.revision] = .number(comparison)
        model[.time] = .text(time.text)
        model[.timeAttribute] = .text(time.attribute)
        var facts: [(String, String)] = [(files.count == 1 ? "File" : "Files", files.joined(separator: ", "))]
        if let format { facts.append(("Format", format.rawValue)) }
        facts.append(("Size", bytes.sizeWords))
        facts.append(("Objects read", String(records)))
        model[.facts] = .list(facts.map { [.label: .text($0.0), .value: .text($0.1)] })
    }
}

extension Int64 {
    /// A number of bytes for people: `34 KB`, `1.2 GB`.
    var sizeWords: String {
        switch self {
        case ..<1000: "\(self) bytes"
        case ..<1_000_000: "\(self / 1000) KB"
        case ..<1_000_000_000: "\(self / 1_000_000).\(self % 1_000_000 / 100_000) MB"
        default: "\(self / 1_000_000_000).\(self % 1_000_000_000 / 100_000_000) GB"
        }
    }
}

extension PreviewGroup {
    /// What stands over the group's list.
    var title: String {
        switch self {
        case .added: "Would be added"
        case .changed: "Would be changed"
        case .kept: "Changed here, not at the site"
        case .moved: "Would move to another site"
        case .broughtBack: "Would be brought back"
        case .leftOut: "Left out because of an error"
        case .removed: "Would be removed"
        case .notInFile: "Here, but not in the file"
        case .unchanged: "Left as they are"
        case .withoutSite: "Name no site"
        }
    }

    /// What that means, and what can be done about it.
    var explanation: String {
        switch self {
        case .added: "The portal does not have these yet."
        case .changed:
            "Field by field. What begins with “Last seen” is what the site has; the rest is what is meant to be here."
        case .kept:
            "These were changed here, and the site does not have that yet. The portal’s value stays and waits to be applied, unless you take the site’s."
        case .moved: "The file has these at another site than the portal. Check that the file is the newer one."
        case .broughtBack: "These were removed from the portal, and the file has them."
        case .leftOut:
            "An error stands on each of these. Where it is about one group, such as the proxy, only that group is left out. Mend the file and import it again, or mend the server here afterwards."
        case .removed: "You chose to remove what the file lacks. Configuration Manager is told nothing."
        case .notInFile:
            "The file covers their site and lacks them. They stay, unless you choose to remove what the file lacks."
        case .unchanged: "The file says what the portal has already; they are noted as seen."
        case .withoutSite: "Say on the preview which site these belong to."
        }
    }
}
