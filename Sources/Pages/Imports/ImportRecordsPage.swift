import Domain
import Manual
import Templating

/// One group of an import's preview: the records it lists, field by field.
public struct ImportRecordsPage: Page {
    public static let template = "pages/import-records"
    let head: ImportHead
    let group: PreviewGroup
    let total: Int
    let page: PreviewPage
    let isContinued: Bool
    let options: ImportOptions

    /// How many records a page shows.
    public static let recordsPerPage = 25

    /// - Parameter isContinued: whether this is not the first page.
    public init(
        head: ImportHead, group: PreviewGroup, total: Int, page: PreviewPage, isContinued: Bool, options: ImportOptions
    ) {
        self.head = head
        self.group = group
        self.total = total
        self.page = page
        self.isContinued = isContinued
        self.options = options
    }

    public var frame: PageFrame { head.frame(group.title) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model)
        model[.title] = .text(group.title)
        model[.text] = .text(group.explanation)
        model[.total] = .text(counted(total, "record") ?? "No record")
        model[.lines] = .list(page.lines.map { line($0, words) })
        model[.hasLines] = .flag(!page.lines.isEmpty)
        let start = ImportListAddress(head.id, group)
        model.fillPages(first: isContinued ? start.link : nil, next: page.next.map { start.after($0) })
    }

    private func line(_ line: PreviewLine, _ words: PageWords) -> TemplateModel {
        var model: TemplateModel = [
            .name: .text(line.name.contains { !$0.isWhitespace } ? line.name : "(no name)"),
            .entity: .text(line.entity.rawValue),
        ]
        model[.findings] = .list(line.errors.map { words.placedFinding($0) })
        model[.hasFindings] = .flag(!line.errors.isEmpty)
        let rows = rows(of: line, words)
        model[.hasRows] = .flag(!rows.isEmpty)
        model[.comparison] = .model(comparison(of: line, rows).model(mark: ""))
        model[.action] = .text(Route.importConfirm(head.id).path)
        model[.revision] = .number(head.comparison)
        model[.problemsLink] = .text(ImportProblemsPage.link(head.id) { $0.text = line.name })
        model[.isPending] = .flag(group == .kept)
        let choice = ImportOptions.choice(line)
        model[.value] = .text(choice)
        model[.isChecked] = .flag(options.isChosen(choice))
        return model
    }

    private func rows(of line: PreviewLine, _ words: PageWords) -> [Comparison.Row] {
        switch group {
        case .unchanged, .notInFile, .withoutSite: []
        case .kept:
            DocumentDifference(
                statesOf: options.isChosen(ImportOptions.choice(line)) ? line.before : line.after,
                roleName: words.manual.displayName
            ).rows
        case .leftOut where line.after == nil: []
        default:
            DocumentDifference(before: line.before, after: line.after, roleName: words.manual.displayName).rows
        }
    }

    private func comparison(of line: PreviewLine, _ rows: [Comparison.Row]) -> Comparison {
        group == .kept
            ? Comparison(
                caption: "\(line.name): here and at the site", left: "Meant to be here", right: "The site has",
                rows: rows)
            : Comparison(caption: "\(line.name): what would change", left: "Now", right: "After the import", rows: rows)
    }
}

/// The address of a group's list.
struct ImportListAddress {
    let link: String

    init(_ id: String, _ group: PreviewGroup) {
        link = Route.importPreview(id).path + "?show=" + group.rawValue
    }

    func after(_ position: PreviewPosition) -> String {
        "\(link)&entity=\(position.entity.pathSegment)&after=\(position.key.pathSegment)"
    }
}
