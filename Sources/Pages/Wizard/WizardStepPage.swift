import Domain
import Manual
import Templating

/// A step of a wizard that asks for something.
public struct WizardStepPage: Page {
    public static let template = "pages/wizard-step"
    let head: WizardHead
    let form: FormState
    let returnsToSummary: Bool

    /// - Parameters:
    ///   - form: what was sent and refused; nil when the page shows what the draft holds.
    ///   - returnsToSummary: whether the step was opened to change one answer.
    public init(view: WizardView, step: WizardStep, form: FormState? = nil, returnsToSummary: Bool = false) {
        head = WizardHead(view: view, step: step)
        self.returnsToSummary = returnsToSummary
        let held = view.draft.refused[step] ?? view.draft.answers[step] ?? [:]
        var controls = view.fields(of: step).map(\.rawValue)
        if step == .roles { controls.append(FieldKey.roleName.rawValue) }
        var form = form ?? FormState(revision: view.draft.state, typed: held)
        form.problems = form.problems.map { problem in
            let isUpstream = problem.finding.field.map(Self.upstream.contains) ?? false
            return isUpstream ? FormProblem(problem.finding, control: FieldKey.supcUpstreamURL.rawValue) : problem
        }
        self.form = head.located(form, controls: controls)
    }

    /// What is kept in three fields is asked in one.
    private static let upstream: [FieldKey] = [.supcUpstreamServer, .supcUpstreamPort, .supcUpstreamSSL]

    public var frame: PageFrame { head.frame(form: form) }

    private var view: WizardView { head.view }
    private var step: WizardStep { head.step }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model)
        let change = returnsToSummary ? "?change" : ""
        model[.action] = .text(head.link(step) + change)
        model[.saveLabel] = returnsToSummary ? "Save and go back to the Summary" : "Continue"
        model[.notes] = .list(
            notes.map { [.text: .text($0.text), .link: .optional($0.link), .label: .text($0.label)] })
        let isProxy = step == .proxy
        let keys = shownFields
        let plain = keys.filter { $0 != .supcClassifications }
        model[.fields] = .list((isProxy ? [.proxyUse] : plain).map { control($0, words) })
        model[.boxes] =
            plain.count < keys.count
            ? .model(words.classificationBoxes(of: view.component?.component.intended, in: form)) : .nothing
        model[.nested] = .list(isProxy ? keys.filter { $0 != .proxyUse }.map { control($0, words) } : [])
        model[.hasNested] = .flag(isProxy)
        model[.hasOffers] = .flag(step == .roles)
        model[.offers] = .list(step == .roles ? offers(words) : [])
        model[.hasErrors] = .flag(!roleErrors.isEmpty)
        model[.errors] = words.errorList(roleErrors)
    }

    /// The two proxy options are there only where the server has a proxy; what was sent nevertheless is shown with its
    /// errors.
    private var shownFields: [FieldKey] {
        let all = view.fields(of: step)
        guard step == .proxyAndAccounts, view.proxy?.configuration == nil else { return all }
        return all.filter { $0 == .supWSUSAccount || !form.errors(of: $0.rawValue).isEmpty }
    }

    private func control(_ key: FieldKey, _ words: PageWords) -> TemplateModel {
        if key == .serverSite {
            return words.controls.siteChoice(among: view.sites, stored: view.stored(key), in: form, words)
        }
        if key == .supcScheduleKind, token != nil {
            let kinds = Recurrence.Kind.allCases.map { (value: $0.rawValue, label: $0.label) }
            let kept = [(value: "", label: "As it is set in Configuration Manager")]
            return words.controls.listControl(key, stored: view.stored(key), from: kept + kinds, in: form, words)
        }
        return words.controls.control(key, stored: view.stored(key), in: form, words)
    }

    /// A schedule in the product's own writing, which only the product reads.
    private var token: String? { view.component?.component.intended?.schedule?.text }

    // MARK: - System Role Selection

    private var roleErrors: [FormProblem] { step == .roles ? form.errors(of: FieldKey.roleName.rawValue) : [] }

    private func offers(_ words: PageWords) -> [TemplateModel] {
        view.offers.enumerated().map { number, offer in
            let control = WizardDraft.rolePrefix + offer.role.name.text
            let id = "role-add-\(number)"
            let note = offer.refusal ?? offer.note
            return [
                .id: .text(id), .name: .text(control), .label: .text(words.manual.displayName(of: offer.role.name)),
                .isOffered: .flag(offer.isOffered), .isChecked: .flag(offer.isOffered && form.typed[control] == "true"),
                .hint: .optional(note),
                .link: .optional(offer.holder.map { Route.server($0.text, .roles).path }),
                .key: .text(offer.holder?.text ?? ""),
            ]
        }
    }

    // MARK: - What to know before answering

    private typealias Note = (text: String, link: String?, label: String)

    private var notes: [Note] {
        var notes: [Note] = []
        if view.draft.refused[step] != nil, form.problems.isEmpty {
            notes.append(
                ("What was typed here last was refused, and is no part of the draft. Continue to see why.", nil, ""))
        }
        switch step {
        case .general where view.server.map { !$0.general.isTold } ?? false:
            notes.append(
                (
                    "Nobody has told these settings here, and no export has shown them: the end of the wizard stores what stands below.",
                    nil, ""
                ))
        case .proxy: notes += proxyNotes
        case .roles where view.site?.type == nil:
            notes.append(
                (
                    "The portal was not told what type of site \(view.site?.code.text ?? "this") is, so it cannot leave out what does not fit there.",
                    view.site.map { Route.site($0.code.text).path }, "Tell the type of the site"
                ))
        case .proxyAndAccounts: notes += accountNotes
        case _ where step.isOfComponent: notes += componentNotes
        default: break
        }
        return notes
    }

    private var proxyNotes: [Note] {
        guard let server = view.server else {
            return [("All roles of this computer will share this one proxy configuration.", nil, "")]
        }
        guard server.proxy.isTold else {
            return [
                (
                    "Nobody has said here whether this computer uses a proxy. That is not the same as “no proxy”: the end of the wizard stores what stands below.",
                    nil, ""
                )
            ]
        }
        return [
            (
                "The one proxy configuration of this computer, shared by its \(counted(server.roles.count, "role") ?? "roles to come"), is now: \(server.proxy.intended.words).",
                nil, ""
            )
        ]
    }

    private var accountNotes: [Note] {
        var notes: [Note] = []
        if view.proxy?.configuration == nil {
            notes.append(
                (
                    "The two proxy options are not available, because \(view.name) has no proxy. \(wayWithoutProxy)",
                    head.link(.proxy), "Set a proxy first"
                ))
        } else {
            notes.append(
                (
                    "A software update point uses the proxy of its computer only where one of these two options is on.",
                    nil, ""
                ))
        }
        if view.site?.type == .secondary {
            notes.append(
                (
                    "At a secondary site the option for automatic deployment rules has no effect: their downloads run on the site server of the site that owns the rule.",
                    nil, ""
                ))
        }
        return notes
    }

    /// Where a software update point synchronizes from that has no proxy.
    private var wayWithoutProxy: String {
        switch view.plan.place {
        case .top: "Without them the software update point reaches the internet directly."
        case .unknown:
            "Without them the software update point reaches the internet directly, if its site is the top-level one; below another site it synchronizes from that."
        case .child(let parent):
            "This software update point synchronizes from \(parent.map { "site \($0)" } ?? "the site above")."
        case .further:
            "This software update point synchronizes from the default one of \(view.site.map { "site \($0.code)" } ?? "its site")."
        }
    }

    private var componentNotes: [Note] {
        let code = view.site?.code.text ?? "the site"
        let whole = Note(
            "What stands here is set once for site \(code), in its software update point component.", nil, "")
        switch step {
        case .synchronizationSource: break
        case .synchronizationSchedule where token != nil:
            let text =
                "The site keeps its schedule in a form that only Configuration Manager reads (\(token ?? "")). To replace it, choose below how often the site synchronizes."
            return [whole, (text, nil, "")]
        case .classifications, .products:
            let text =
                "Microsoft advises to choose none with the first software update point, to synchronize once, and to choose then: the lists are complete only after that."
            return [whole, (text, nil, "")]
        default: return [whole]
        }
        switch view.plan.place {
        case .top: return [whole]
        case .unknown:
            return [
                whole,
                (
                    "The portal was not told what type of site \(code) is. Below another site only the reporting events count.",
                    view.site.map { Route.site($0.code.text).path }, "Tell the type of the site"
                ),
            ]
        case .child(let parent):
            let above = parent.map { "site \($0)" } ?? "the site above it"
            return [
                (
                    "Site \(code) synchronizes from \(above); Configuration Manager sets that itself. Schedule, supersedence rules, classifications and products are those of the top-level site, so this wizard does not ask for them.",
                    parent.map { Route.site($0.text).path }, parent.map { "Site \($0)" } ?? ""
                )
            ]
        case .further:
            return [
                (
                    "Site \(code) has a software update point already. This one synchronizes from that, with the same source, schedule, classifications and products, so there is nothing to set.",
                    nil, ""
                )
            ]
        }
    }
}

extension ControlModels {
    /// The site of a new server, to be chosen among those the portal has.
    func siteChoice(
        among sites: [SiteCode], stored: FieldValue, in form: FormState, _ words: PageWords
    ) -> TemplateModel {
        let choices = [(value: "", label: "Choose a site")] + sites.map { ($0.text, $0.text) }
        return listControl(.serverSite, stored: stored, from: choices, in: form, words)
    }
}
