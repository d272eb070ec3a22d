import Domain
import Pages
import Workflow

extension ComponentPart {
    /// Reads a form of the tab. What has no effect at the site is read as well: the edit refuses it with the reason.
    ///
    /// A form from before somebody saved the component may have boxes that the tab has no more: it is told that it was
    /// overtaken, not that it is strange.
    func reading(of body: FormBody, _ record: ComponentRecord) -> FormReading {
        var form = FormReading.Form(
            fields: fields.filter { $0 != .supcClassifications }.map(FieldCatalogue.field))
        guard self == .classifications else { return FormReading(body, form) }
        form.boxes = Set(
            ComponentPartPage.classifications(of: record.component.intended).map(ComponentPartPage.box))
        let reading = FormReading(body, form)
        guard let revision = reading.revision, revision != record.revision else { return reading }
        let names = body.pairs.map(\.name).filter { $0.hasPrefix(ComponentPartPage.box("")) }
        form.boxes.formUnion(names.map { $0.hasSuffix(".shown") ? String($0.dropLast(".shown".count)) : $0 })
        return FormReading(body, form)
    }
}

extension FormReading {
    /// What was sent for a tab. A list that nobody told and that was left empty stays not told.
    func draft(of part: ComponentPart, _ record: ComponentRecord) -> Draft {
        var draft = draft(part.fields.map(FieldCatalogue.field))
        if part == .classifications { draft[.supcClassifications] = ticked.map { Sent($0) } }
        for field in part.fields where FieldCatalogue.field(field).control == .lines {
            let isUntold = (record.component.intended?.value(field) ?? .nothing) == .nothing
            if isUntold, let sent = draft[field], sent.text.allSatisfy(\.isWhitespace) { draft[field] = nil }
        }
        return draft
    }

    /// What was typed, by field: the boxes of the classifications as the lines they stand for.
    func values(of part: ComponentPart) -> [String: String] {
        var values = typed
        if part == .classifications { values[FieldKey.supcClassifications.rawValue] = ticked }
        return values
    }

    /// The classifications whose boxes are ticked, a line each; nil when no box was sent.
    private var ticked: String? {
        let prefix = ComponentPartPage.box("")
        let boxes = typed.filter { $0.key.hasPrefix(prefix) }
        guard !boxes.isEmpty else { return nil }
        return boxes.filter { $0.value == "true" }.map { String($0.key.dropFirst(prefix.count)) }.sorted()
            .joined(separator: "\n")
    }
}

/// The form with the proxy options of several software update points, read by the servers it names.
struct PointsReading {
    let form: FormReading
    private let servers: [HostName]

    init(_ body: FormBody) {
        var seen: Set<HostName> = []
        servers = body.pairs.compactMap { ComponentGeneralPage.server(ofRevisionControl: $0.name) }
            .filter { seen.insert($0).inserted }
        let options = servers.flatMap { server in
            ComponentGeneralPage.options.map { ComponentGeneralPage.control($0, of: server) }
        }
        form = FormReading(
            body,
            FormReading.Form(
                fields: [], hasRevision: false, boxes: Set(options),
                hidden: Set(servers.map(ComponentGeneralPage.revisionControl))))
    }

    private func revision(of server: HostName) -> Int? {
        form.typed[ComponentGeneralPage.revisionControl(of: server)].flatMap { Int($0) }
    }

    /// What is said when the form does not tell what it started from.
    var missingRevisions: [Finding] {
        let isWhole = !servers.isEmpty && servers.allSatisfy { revision(of: $0) != nil }
        guard !isWhole else { return [] }
        return [
            Finding(
                code: .formRevision, severity: .error,
                message:
                    "The form did not say which versions of the servers it started from. Open the page again and enter the change anew."
            )
        ]
    }

    var changes: [(server: HostName, draft: Draft, revision: Int)] {
        servers.map { server in
            var draft = Draft()
            for option in ComponentGeneralPage.options {
                draft[option] = form.typed[ComponentGeneralPage.control(option, of: server)].map { Sent($0) }
            }
            return (server, draft, revision(of: server) ?? 0)
        }
    }
}
