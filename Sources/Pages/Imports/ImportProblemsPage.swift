import Domain
import Manual
import Templating

/// What was found in an import's files, by file and line, with filters.
public struct ImportProblemsPage: Page {
    public static let template = "pages/import-problems"
    let head: ImportHead
    let filter: FindingFilter
    let groups: [FindingGroup]
    let findings: [Finding]
    let hasMore: Bool

    /// How many findings a page shows.
    public static let findingsPerPage = 50

    public init(
        head: ImportHead, filter: FindingFilter, groups: [FindingGroup], findings: [Finding], hasMore: Bool
    ) {
        self.head = head
        self.filter = filter
        self.groups = groups
        self.findings = findings
        self.hasMore = hasMore
    }

    public var frame: PageFrame { head.frame("Problems") }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model)
        model[.action] = .text(Route.importPreview(head.id).path)
        model[.query] = .text(filter.text)
        model[.severityOptions] = .list(
            Severity.allCases.map {
                [
                    .value: .text($0.rawValue), .label: .text($0.word + "s"),
                    .isSelected: .flag($0 == filter.severity),
                ]
            })
        model[.options] = .list(
            groups.map {
                [
                    .value: .text($0.code.rawValue), .label: .text("\($0.code.rawValue) (\($0.count))"),
                    .isSelected: .flag($0.code == filter.code),
                ]
            })
        model[.isFiltered] = .flag(filter.severity != nil || filter.code != nil || !filter.text.isEmpty)
        model[.allLink] = .text(Self.link(head.id) { _ in })
        model[.rows] = .list(findings.map { words.placedFinding($0) })
        model[.hasRows] = .flag(!findings.isEmpty)
        model.fillPages(first: filter.start > 0 ? link { $0.start = 0 } : nil, next: hasMore ? next : nil)
    }

    private var next: String { link { $0.start += Self.findingsPerPage } }

    private func link(_ change: (inout FindingFilter) -> Void) -> String {
        Self.link(head.id) { filter in
            filter = self.filter
            change(&filter)
        }
    }

    /// The address of the problems that a filter lets through.
    static func link(_ id: String, _ change: (inout FindingFilter) -> Void) -> String {
        var filter = FindingFilter()
        change(&filter)
        var link = Route.importPreview(id).path + "?show=problems"
        if let severity = filter.severity { link += "&severity=\(severity.rawValue)" }
        if let code = filter.code { link += "&code=\(code.rawValue)" }
        if !filter.text.isEmpty { link += "&q=\(filter.text.pathSegment)" }
        if filter.start > 0 { link += "&start=\(filter.start)" }
        return link
    }
}

extension PageWords {
    /// A finding with the place in the file, as a row of a table.
    func placedFinding(_ finding: Finding) -> TemplateModel {
        let place = finding.place
        return [
            .severity: .text(finding.severity.rawValue), .word: .text(finding.severity.word),
            .message: .text(finding.message), .help: .text(manual.link(for: finding.code)),
            .code: .text(finding.code.rawValue), .key: .optional(finding.key), .fileName: .optional(place.file),
            .line: .optional(place.line.map(String.init)), .column: .optional(place.column.map(String.init)),
        ]
    }
}
