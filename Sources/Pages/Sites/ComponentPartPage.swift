import Domain
import Manual
import Templating

/// A tab of the component: its form, what a site below another one ignores, and what the site was seen to have.
public struct ComponentPartPage: Page {
    public static let template = "pages/site-component-part"
    let head: ComponentHead
    let part: ComponentPart
    let form: FormState

    public init(head: ComponentHead, part: ComponentPart, form: FormState? = nil) {
        self.head = head
        self.part = part
        var form = form ?? FormState(revision: head.record.revision)
        form.controls = Set(part.fields(at: head.site).map(\.rawValue))
        // What is kept in three fields is asked in one.
        form.problems = form.problems.map { problem in
            let isUpstream = problem.finding.field.map(Self.upstream.contains) ?? false
            return isUpstream ? FormProblem(problem.finding, control: FieldKey.supcUpstreamURL.rawValue) : problem
        }
        let site = head.site
        form.elsewhere = { control in
            guard let key = FieldKey(rawValue: control), let other = ComponentPart.holding(key), other != part,
                other.fields(at: site).contains(key)
            else { return nil }
            return Route.siteComponent(site.code.text, other).path + "#" + control.controlID
        }
        self.form = form
    }

    private static let upstream: [FieldKey] = [.supcUpstreamServer, .supcUpstreamPort, .supcUpstreamSSL]

    /// What the check box of a classification is called.
    public static func box(_ classification: String) -> String {
        FieldKey.supcClassifications.rawValue + "." + classification
    }

    /// The classifications a form offers: those the portal knows, and those the site has beside them.
    public static func classifications(of component: SoftwareUpdatePointComponent?) -> [String] {
        let known = UpdateClassification.known.map(\.name)
        return known + (component?.classifications ?? []).map(\.text).filter { !known.contains($0) }
    }

    public var frame: PageFrame { head.frame(part, form: form) }

    private var intended: SoftwareUpdatePointComponent? { head.record.component.intended }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: part, words)
        model[.title] = .text(part.title)
        let shown = part.fields(at: head.site)
        model[.hasFields] = .flag(!shown.isEmpty)
        model[.fields] = .list(shown.filter { $0 != .supcClassifications }.map { control($0, words) })
        model[.boxes] =
            shown.contains(.supcClassifications) ? .model(words.classificationBoxes(of: intended, in: form)) : .nothing
        model[.token] = .optional(shown.contains(.supcScheduleKind) ? intended?.schedule?.text : nil)
        let isUntold = part.keptFields.allSatisfy { (intended?.value($0) ?? .nothing) == .nothing }
        model[.isUntold] = .flag(isUntold && !shown.isEmpty)
        fillIgnored(&model, shown: shown)
        fillComparison(&model)
        model[.saveLabel] = .text("Save \(part.title.lowercased(except: "WSUS"))")
    }

    private func control(_ key: FieldKey, _ words: PageWords) -> TemplateModel {
        let stored = intended?.value(key) ?? .nothing
        switch key {
        case .supcDefaultServer:
            let choices = [(value: "", label: "Not told")] + head.points.map { ($0.name.text, $0.name.text) }
            return words.controls.listControl(key, stored: stored, from: choices, in: form, words)
        case .supcScheduleKind where intended?.schedule != nil:
            let kinds = Recurrence.Kind.allCases.map { (value: $0.rawValue, label: $0.label) }
            let kept = [(value: "", label: "As it is set in Configuration Manager")]
            return words.controls.listControl(key, stored: stored, from: kept + kinds, in: form, words)
        default:
            let isUntoldBox = stored == .nothing && FieldCatalogue.field(key).control == .checkBox
            return isUntoldBox
                ? words.controls.untoldControl(key, in: form, words)
                : words.controls.control(key, stored: stored, in: form, words)
        }
    }

    private func fillIgnored(_ model: inout TemplateModel, shown: [FieldKey]) {
        let ignored = head.site.isChild ? part.keptFields.filter { !ComponentPart.fieldsOfChildSites.contains($0) } : []
        model[.ignored] = .list(
            ignored.map { key in
                [
                    .label: .text(key.label),
                    .value: .text(ComponentRecord.words(key, intended, isSeen: true)),
                ]
            })
        model[.hasIgnored] = .flag(!ignored.isEmpty)
    }

    private func fillComparison(_ model: inout TemplateModel) {
        let record = head.record
        let kept = part.keptFields.filter(record.isTold)
        model[.isPending] = .flag(record.seen != nil && !Set(record.pending).isDisjoint(with: kept))
        model[.hasRows] = .flag(record.seen != nil && !kept.isEmpty)
        model[.comparison] = .model(
            record.comparison(of: kept, caption: "\(part.title): here and at the site"))
    }
}

extension String {
    /// The text in lower case, one word of it as it is.
    fileprivate func lowercased(except word: String) -> String {
        split(separator: " ").map { $0 == word ? String($0) : $0.lowercased() }.joined(separator: " ")
    }
}
