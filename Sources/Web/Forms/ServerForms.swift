import Domain
import Pages
import Workflow

extension Route.ServerTab {
    /// Reads a form of the tab.
    ///
    /// A form from before somebody took a role out has controls that the tab has no more. It is told that it was
    /// overtaken, not that it is strange: its revision is not the record's, so nothing of it is saved.
    func reading(of body: FormBody, _ record: ServerRecord) -> FormReading {
        let form = form(of: record)
        let reading = FormReading(body, form)
        guard self == .roles, let revision = reading.revision, revision != record.revision else { return reading }
        var lenient = form
        lenient.fields = SoftwareUpdatePoint.fields + ServiceConnectionPoint.fields + DistributionPoint.fields
        let boxes = body.pairs.map(\.name).filter { $0.hasPrefix(ServerRolesPage.removePrefix) }
        lenient.boxes.formUnion(boxes.map { $0.hasSuffix(".shown") ? String($0.dropLast(6)) : $0 })
        return FormReading(body, lenient)
    }

    /// The controls of the tab's form.
    private func form(of record: ServerRecord) -> FormReading.Form {
        switch self {
        case .general: FormReading.Form(fields: General.fields)
        case .proxy: FormReading.Form(fields: Proxy.fields, buttons: [FormState.previewButton])
        case .roles:
            FormReading.Form(
                fields: record.roles.flatMap { RoleDetails.fields(of: $0.name) },
                boxes: Set(record.roles.map { ServerRolesPage.removePrefix + $0.name.text }),
                buttons: [FormState.previewButton],
                list: (
                    ServerRolesPage.addControl,
                    { text in RoleName.check(text).value.map(RoleName.known.contains) ?? false }
                ))
        case .remove, .connections, .compare, .history: FormReading.Form(fields: [])
        }
    }
}

extension FormReading {
    /// Whether the button was pressed that only shows what saving would change.
    var asksForPreview: Bool { typed[FormState.previewButton] != nil }

    /// The edit a tab's form asks for. A form without its revision is refused before the edit is used.
    func edit(of record: ServerRecord, _ tab: Route.ServerTab) -> Edit {
        let revision = revision ?? 0
        return switch tab {
        case .general: .changeGeneral(record.name, draft(General.fields), revision: revision)
        case .proxy: .changeProxy(record.name, draft(Proxy.fields), revision: revision)
        case .roles: .changeRoles(record.name, roleChanges(of: record), revision: revision)
        case .remove, .connections, .compare, .history: .removeServer(record.name, revision: revision)
        }
    }

    private func roleChanges(of record: ServerRecord) -> RoleChanges {
        let removed = typed.filter { $0.key.hasPrefix(ServerRolesPage.removePrefix) && $0.value == "true" }.keys
        return RoleChanges(
            adding: typed[ServerRolesPage.addControl].map { Sent($0) },
            removing: removed.compactMap {
                RoleName.check(String($0.dropFirst(ServerRolesPage.removePrefix.count))).value
            },
            details: record.roles.compactMap { role in
                roleDraft(RoleDetails.fields(of: role.name)).map { (role.name, $0) }
            })
    }

    /// What was sent of a role's details; nil for nothing.
    ///
    /// Details that are not told have lists with the answer "not told" in place of check boxes. Blank there means absent,
    /// and so do the blank texts beside it: nobody told them.
    private func roleDraft(_ fields: [Field]) -> Draft? {
        var draft = draft(fields)
        let isUntold = fields.contains { field in
            field.control.isAnswered && draft[field.key]?.text.isEmpty ?? false
        }
        if isUntold {
            for field in fields where draft[field.key]?.text.isEmpty ?? false { draft[field.key] = nil }
        }
        return draft.isEmpty ? nil : draft
    }
}

extension FieldControl {
    /// Whether it is answered from a list, where a told value is never blank.
    fileprivate var isAnswered: Bool {
        switch self {
        case .checkBox, .choice: true
        case .text, .lines, .number: false
        }
    }
}
