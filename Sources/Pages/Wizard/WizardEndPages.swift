import Domain
import Manual
import Templating

/// The Completion of a wizard: what was stored, and what is still to be done at the site.
public struct WizardCompletionPage: Page {
    public static let template = "pages/wizard-completion"
    let draft: WizardDraft
    /// Nil when the server was taken out since: then nobody can tell which steps there were.
    let head: WizardHead?
    let set: ChangeSet
    let changes: [Change]

    public init(draft: WizardDraft, view: WizardView?, set: ChangeSet, changes: [Change]) {
        self.draft = draft
        head = view.map { WizardHead(view: $0, step: .completion) }
        self.set = set
        self.changes = changes
    }

    public var frame: PageFrame {
        head?.frame()
            ?? PageFrame(
                title: "Completion – \(draft.kind.title): \(draft.server)", section: .servers,
                crumbs: PageFrame.serverCrumbs(draft.server))
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head?.fill(&model)
        model[.hasSteps] = .flag(head != nil)
        model[.wizardKind] = .text(draft.kind.title)
        model[.serverName] = .text(draft.server)
        model[.serverLink] = .text(Route.server(draft.server, .roles).path)
        model[.set] = .model(set.model)
        // The roles it added are at no site yet, and are what the script is wanted for.
        model[.scriptLink] = .text(
            ScriptAddress(.changeSet(String(set.number)), includesNeverObserved: true).link)
        model[.uploadLink] = .text(Route.importing.path)
        model[.lines] = .list(
            changes.map { change in
                var line = HistoryLine(set: set, change: change).model(words)
                line[.key] = .text(change.key)
                line[.entity] = .text(change.entity.rawValue)
                return line
            })
        let (console, isNew) = (consoleTask(words).map { [$0] } ?? [], draft.kind == .createServer)
        // The console adds roles to a server it has, and the script is what makes a new one.
        let tasks = isNew ? [wsusTask, accountTask] : [wsusTask] + console + [accountTask]
        model[.tasks] = .list(tasks.compactMap(\.self).map { [.text: .text($0)] })
        model[.laterTasks] = .list((isNew ? console : []).map { [.text: .text($0)] })
        model[.scriptNote] = .text(
            "It includes what no export has shown yet"
                + (isNew ? ": it makes the new server \(draft.server) first." : "."))
    }

    // What no script of the portal does, in words of the console.

    private var wsusTask: String? {
        guard draft.roles.contains(.softwareUpdatePoint) else { return nil }
        return "Before the software update point is added: WSUS must be installed on \(draft.server)."
    }

    private func consoleTask(_ words: PageWords) -> String? {
        let others = draft.roles.filter { $0 != .softwareUpdatePoint }.map(words.manual.displayName)
        if others.isEmpty { return nil }
        return
            "Add in the console what the portal records without settings of its own or with few: \(others.joined(separator: ", ")). "
            + "Administration > Site Configuration > Servers and Site System Roles > \(draft.server) > Add Site System Roles."
    }

    private var accountTask: String? {
        if accounts.isEmpty { return nil }
        return
            "Have the accounts ready under Administration > Security > Accounts, with their passwords: \(accounts.joined(separator: ", ")). The portal knows no password."
    }

    private var accounts: [String] {
        let fields: [(WizardStep, FieldKey)] = [
            (.general, .generalInstallationAccount), (.proxy, .proxyAccount), (.proxyAndAccounts, .supWSUSAccount),
        ]
        let isOff = { (box: FieldKey) in draft.answers[.proxy]?[box.rawValue] != "true" }
        var seen: Set<String> = []
        return fields.compactMap { step, field in
            if field == .proxyAccount, isOff(.proxyUse) || isOff(.proxyUseCredentials) { return nil }
            return draft.answers[step]?[field.rawValue].flatMap { $0.isEmpty ? nil : $0 }
        }.filter { seen.insert($0.asciiFolded).inserted }
    }
}

/// Asks before a draft is removed.
public struct WizardCancelPage: Page {
    public static let template = "pages/wizard-cancel"
    let draft: WizardDraft

    public init(draft: WizardDraft) { self.draft = draft }

    public var frame: PageFrame {
        PageFrame(
            title: "Cancel \(draft.kind.title): \(draft.server)", section: .servers, crumbs: PageFrame.serverCrumbs())
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.wizardKind] = .text(draft.kind.title)
        model[.serverName] = .text(draft.server)
        model[.count] = .text(counted(draft.answers.count, "page") ?? "no page")
        model[.action] = .text(Route.cancelWizard(draft.id).path)
        model[.backLink] = .text(Route.wizard(draft.id, .summary).path)
    }
}

/// The open drafts that a page lists, with a link to go on with each.
struct WizardDraftLines: Sendable {
    let drafts: [WizardDraft]

    func fill(_ model: inout TemplateModel) {
        model[.hasDrafts] = .flag(!drafts.isEmpty)
        model[.drafts] = .list(
            drafts.map { draft in
                let time = UTCTime(milliseconds: draft.touched)
                return [
                    .title: .text(draft.kind.title), .name: .text(draft.server), .code: .text(draft.site?.text ?? ""),
                    .count: .text(counted(draft.answers.count, "page") ?? "no page"),
                    // The Summary leads to the first page without an answer.
                    .link: .text(Route.wizard(draft.id, .summary).path), .time: .text(time.text),
                    .timeAttribute: .text(time.attribute),
                ]
            })
    }
}

extension ConflictPage {
    /// A wizard's step that was sent from an older state of its draft.
    public init(
        wizard view: WizardView, step: WizardStep, typed: [(name: String, value: String)], values: [String: String]
    ) {
        let held = view.draft.answers[step] ?? [:]
        let (sentFields, heldFields) = (WizardDraft.fields(in: values), view.draft.fields(of: step))
        let boxes = step == .roles ? view.offers.filter(\.isOffered) : []
        let rows =
            view.fields(of: step).compactMap { key -> Comparison.Row? in
                guard let sent = sentFields[key]?.text else { return nil }
                let field = FieldCatalogue.field(key)
                return Comparison.Row(
                    label: field.label, left: field.words(forText: sent),
                    right: field.words(forText: heldFields[key]?.text ?? view.stored(key).text))
            }
            + boxes.map { offer in
                let control = WizardDraft.rolePrefix + offer.role.name.text
                let words = { (texts: [String: String]) in texts[control] == "true" ? "To be added" : "Not chosen" }
                return Comparison.Row(label: offer.role.displayName, left: words(values), right: words(held))
            }
        name = "The draft of \(view.name)"
        route = .wizard(view.draft.id, step)
        section = .servers
        comparison = Comparison(
            caption: "What you typed and what the draft holds", left: "You typed", right: "In the draft", rows: rows)
        resent = typed.filter { $0.name != "revision" }
        revision = view.draft.state
        lastChange = nil
        saveLabel = "Keep mine: continue with it"
        isDraft = true
    }
}
