import Domain
import Manual
import Templating

/// The Roles tab of a server: which roles it has, the details the portal keeps of three of them, and one form for it all.
///
/// Its controls: a field's key for every detail; `role.remove.` and the role's internal name for each check box that
/// removes a role; `role.add` for the role to add.
public struct ServerRolesPage: Page {
    public static let template = "pages/server-roles"
    /// What the names of the check boxes that remove a role begin with; the role's internal name follows.
    public static let removePrefix = "role.remove."
    /// The name of the list that adds a role.
    public static let addControl = "role.add"

    let head: ServerHead
    let form: FormState

    /// What saving the form would change; nil unless somebody asked.
    let preview: SavePreview?
    /// Whether the server's site is a secondary one, where an option has no effect.
    let isAtSecondarySite: Bool

    public init(
        head: ServerHead, isAtSecondarySite: Bool = false, form: FormState? = nil, preview: SavePreview? = nil
    ) {
        self.head = head
        self.isAtSecondarySite = isAtSecondarySite
        self.preview = preview
        let details = head.record.roles.flatMap { RoleDetails.fields(of: $0.name) }.map(\.key)
        var located = head.located(form ?? FormState(revision: head.record.revision), controls: details)
        located.problems = located.problems.map { problem in
            // A finding about a role's name speaks of the role that is added.
            problem.control == FieldKey.roleName.rawValue
                ? FormProblem(problem.finding, control: Self.addControl) : problem
        }
        located.controls.insert(Self.addControl)
        self.form = located
    }

    public var frame: PageFrame {
        var frame = head.frame(.roles, form: form)
        if preview != nil { frame.title = "What changes: \(frame.title)" }
        return frame
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: .roles, words)
        model[.offersPreview] = true
        model[.preview] = preview.map { .model($0.model(words)) } ?? .nothing
        let roles = head.record.roles
        model[.roles] = .list(roles.enumerated().map { line($0.element, number: $0.offset, words) })
        model[.hasRoles] = .flag(!roles.isEmpty)
        let dropped = head.record.droppedRoles
        model[.dropped] = .list(
            dropped.map { [.title: .text(words.manual.displayName(of: $0.name)), .name: .text($0.name.text)] })
        model[.hasDropped] = .flag(!dropped.isEmpty)
        model[.groups] = .list(roles.compactMap { group($0, words) })
        model[.adding] = .model(adding(words))
        model[.wizardsLink] = .text(Route.wizards.path)
        model[.addRolesKind] = .text(WizardKind.addRoles.rawValue)
        model[.saveLabel] = "Save roles"
    }

    private func line(_ role: HeldRole, number: Int, _ words: PageWords) -> TemplateModel {
        let control = Self.removePrefix + role.name.text
        let state =
            head.record.seen == nil
            ? "Never seen at the site"
            : head.record.isStale(role)
                ? "Not in the site’s newest export" : role.isObserved ? "Seen at the site" : "Not seen at the site"
        return [
            .title: .text(words.manual.displayName(of: role.name)), .name: .text(role.name.text),
            .state: .text(state), .isPending: .flag(head.record.seen != nil && !role.pending.isEmpty),
            .isStale: .flag(head.record.isStale(role)),
            .control: .text(control), .id: .text("role-remove-\(number)"),
            .isChecked: .flag(form.typed[control] == "true"),
        ]
    }

    /// The details of a role as a group of controls; nil for roles without any.
    private func group(_ role: HeldRole, _ words: PageWords) -> TemplateModel? {
        let fields = RoleDetails.fields(of: role.name)
        if fields.isEmpty { return nil }
        return [
            .title: .text(words.manual.displayName(of: role.name)), .isUntold: .flag(role.intended == nil),
            .componentLink: .optional(
                role.name == .softwareUpdatePoint ? Route.siteComponent(head.record.site.text, nil).path : nil),
            .secondaryNote: .optional(
                isAtSecondarySite && role.name == .softwareUpdatePoint ? ComponentHead.secondaryNote : nil),
            .fields: .list(
                fields.map { field in
                    guard let details = role.intended else {
                        return words.controls.untoldControl(field.key, in: form, words)
                    }
                    return words.controls.control(field.key, stored: details.value(field.key), in: form, words)
                }),
        ]
    }

    private func adding(_ words: PageWords) -> TemplateModel {
        let held = Set(head.record.roles.map(\.name)).union([.siteSystem])
        let chosen = form.typed[Self.addControl] ?? ""
        let free = RoleName.known.filter { !held.contains($0) }
            .map { (name: $0.text, title: words.manual.displayName(of: $0)) }
            .sorted { $0.title < $1.title }
        let errors = form.errors(of: Self.addControl)
        return [
            .options: .list(
                free.map {
                    [.value: .text($0.name), .label: .text($0.title), .isSelected: .flag($0.name == chosen)]
                }),
            .hasErrors: .flag(!errors.isEmpty), .errors: words.errorList(errors),
            .hint: .text(words.manual.hint(for: .roleName)), .help: .text(words.manual.link(for: .roleName)),
            .describedBy: .text(errors.isEmpty ? "role-add-hint" : "role-add-hint role-add-error"),
        ]
    }
}
