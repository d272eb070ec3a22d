import Domain
import Manual
import Templating

/// The preview of an import: what would happen, what is wrong with the files, and what can be chosen. Nothing is stored
/// until it is confirmed here.
public struct ImportPreviewPage: Page {
    public static let template = "pages/import-preview"
    let head: ImportHead
    let preview: ImportPreview
    /// The first findings, by file and line.
    let findings: [Finding]
    let form: FormState
    let notice: Notice?

    /// How many findings stand on the preview itself.
    public static let findingsShown = 20

    public init(
        head: ImportHead, preview: ImportPreview, findings: [Finding], form: FormState? = nil, notice: Notice? = nil
    ) {
        self.head = head
        self.preview = preview
        self.findings = findings
        var form = form ?? FormState(revision: head.comparison)
        form.controls = Choice.names
        self.form = form
        self.notice = notice
    }

    public var frame: PageFrame { head.frame(nil, form: form, notice: notice) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model)
        fillTiles(&model)
        fillProblems(&model, words)
        fillChoices(&model, words)
        model[.isAccepted] = .flag(preview.isAccepted)
        model[.refusal] = .text(refusal)
        model[.saveLabel] = .text(saveLabel)
        model[.reason] = .text(form.typed["reason"] ?? "")
        model[.reasonErrors] = words.errorList(form.errors(of: "reason"))
    }

    private func count(_ group: PreviewGroup) -> Int { preview.groups[group] ?? 0 }

    // MARK: - What would happen

    private static let alwaysShown: Set<PreviewGroup> = [.added, .changed, .unchanged]

    private func fillTiles(_ model: inout TemplateModel) {
        let shown = PreviewGroup.allCases.filter { count($0) > 0 || Self.alwaysShown.contains($0) }
        model[.tiles] = .list(
            shown.map {
                [
                    .count: .text(String(count($0))), .label: .text($0.title),
                    .link: .text(ImportListAddress(head.id, $0).link),
                ]
            })
    }

    // MARK: - What was found

    private func fillProblems(_ model: inout TemplateModel, _ words: PageWords) {
        model[.groups] = .list(
            preview.findingGroups.map { group in
                var model = words.placedFinding(group.first)
                model[.count] = .text(group.count == 1 ? "Once" : "\(group.count) times, first")
                model[.link] = .text(ImportProblemsPage.link(head.id) { $0.code = group.code })
                return model
            })
        model[.hasGroups] = .flag(!preview.findingGroups.isEmpty)
        let total = preview.findingCounts.values.reduce(0, +)
        model[.total] = .text(
            [Severity.error, .warning, .notice].compactMap {
                counted(preview.findingCounts[$0] ?? 0, $0.rawValue)
            }.joined(separator: ", "))
        model[.problemsLink] = .text(ImportProblemsPage.link(head.id) { _ in })
        model[.rows] = .list(total > findings.count ? [] : findings.map { words.placedFinding($0) })
        model[.hasRows] = .flag(total <= findings.count && total > 0)
    }

    // MARK: - What can be chosen

    private var hasErrors: Bool { (preview.findingCounts[.error] ?? 0) > 0 }

    private func fillChoices(_ model: inout TemplateModel, _ words: PageWords) {
        let choices = Choice.all(preview, isFound: isFound)
        model[.choices] = .list(
            choices.map { choice in
                let typed = form.typed[choice.name].map { $0 == "true" }
                return [
                    .id: .text(choice.name.controlID), .name: .text(choice.name), .label: .text(choice.label),
                    .hint: .text(choice.effect), .isChecked: .flag(typed ?? choice.isChosen),
                ]
            })
        let asksForSite = count(.withoutSite) > 0 || preview.options.site != nil
        model[.hasChoices] = .flag(!choices.isEmpty || asksForSite)
        guard asksForSite else { return }
        let stored = preview.options.site.map { FieldValue.text($0.text) } ?? .nothing
        var field = words.controls.control(.serverSite, stored: stored, in: form, words)
        field[.label] = "Site of the records that name none"
        field[.hint] = "The file does not say it. Enter the three characters of the one site they all belong to."
        model[.siteField] = .model(field)
    }

    private var refusal: String {
        if isFound(.importSample) {
            return "The portal holds the sample data. Remove it first, with the button at the top of every page."
        }
        if preview.findingGroups.contains(where: { $0.severity == .error && $0.code.isAboutWholeFile }) {
            return "A file as a whole cannot be read. Mend what is named under Problems, and import again."
        }
        if isFound(.siteOtherHierarchy) {
            return "The file may be of another hierarchy. Say under Choices if it is the same one, or cancel."
        }
        if count(.withoutSite) > 0 { return "Say which site the records without one belong to, under Choices." }
        if !preview.canLeaveOut {
            return "A file as a whole cannot be read. Mend what is named under Problems, and import again."
        }
        return hasErrors
            ? "Errors stand in the way. Choose to leave out what has one, or mend the file and import it again."
            : "This cannot be imported."
    }

    private func isFound(_ code: FindingCode) -> Bool { preview.findingGroups.contains { $0.code == code } }

    private var saveLabel: String {
        let parts = [
            (count(.added), "add"), (count(.changed), "change"), (count(.removed), "remove"),
        ].compactMap { $0.0 > 0 ? "\($0.1) \($0.0)" : nil }
        return parts.isEmpty ? "Import: nothing changes" : "Import: \(parts.joined(separator: ", "))"
    }
}

/// A choice of CONTRACTS 3 as the preview offers it, with what it does to this import.
struct Choice {
    let name: String
    let label: String
    let effect: String
    let isChosen: Bool

    static let names: Set<String> = [
        "leaveOutRefused", "takeOver", "removeMissing", "otherHierarchy", FieldKey.serverSite.rawValue,
    ]

    /// The choices that would make a difference, and those that were made.
    static func all(_ preview: ImportPreview, isFound: (FindingCode) -> Bool) -> [Choice] {
        let options = preview.options
        let hasErrors = (preview.findingCounts[.error] ?? 0) > 0
        func count(_ group: PreviewGroup) -> Int { preview.groups[group] ?? 0 }
        func recordWords(_ number: Int) -> String {
            number == 0 ? "Nothing" : number == 1 ? "1 server or role" : "\(number) servers and roles"
        }
        var choices: [Choice] = []
        if options.leaveOutRefused || (hasErrors && preview.canLeaveOut) {
            choices.append(
                Choice(
                    name: "leaveOutRefused", label: "Leave out what has an error",
                    effect: (counted(count(.leftOut), "record") ?? "Nothing")
                        + " would be left out, whole or in part. An error on a group stays on the server as a finding, until it is told again.",
                    isChosen: options.leaveOutRefused))
        }
        if options.takeOver || count(.kept) > 0 {
            choices.append(
                Choice(
                    name: "takeOver", label: "Take the site’s values everywhere",
                    effect: options.takeOver
                        ? "Changes made here that wait to be applied are given up for what the site has."
                        : "\(counted(count(.kept), "server") ?? "Nothing") differs from the site because of changes made here that wait to be applied. Those changes would be given up. In their list you can choose one by one.",
                    isChosen: options.takeOver))
        }
        if options.removeMissing || count(.notInFile) > 0 {
            choices.append(
                Choice(
                    name: "removeMissing", label: "Remove what the file lacks",
                    effect:
                        "\(recordWords(count(options.removeMissing ? .removed : .notInFile))) of the sites in the file would be taken out of the portal. Configuration Manager is told nothing.",
                    isChosen: options.removeMissing))
        }
        if options.otherHierarchy || isFound(.siteOtherHierarchy) {
            choices.append(
                Choice(
                    name: "otherHierarchy", label: "It is the same hierarchy all the same",
                    effect:
                        "A site server was moved, or the top-level site changed. A portal holds one hierarchy: mixing two cannot be undone in one step.",
                    isChosen: options.otherHierarchy))
        }
        return choices
    }
}

extension FindingCode {
    /// Whether it always refuses a file: nothing smaller is left out, and no choice helps.
    fileprivate var isAboutWholeFile: Bool {
        guard kind == .file else { return false }
        switch self {
        case .xmlElement, .xmlAttribute, .xmlText, .xmlEscape: return false
        default: return group == "xml" || [.importNothing, .importOtherFile, .importDepth, .importRows].contains(self)
        }
    }
}
