import Domain

/// What a change did to a record, field by field, read from the two documents the history keeps.
struct DocumentDifference {
    /// The fields that differ, in the order of the forms.
    let rows: [Comparison.Row]

    /// - Parameters:
    ///   - before: nil before the record was there.
    ///   - after: nil after it was removed.
    ///   - roleName: what a page calls a role.
    init(before: String?, after: String?, roleName: (RoleName) -> String = \.text) {
        self.init(DocumentLines(before, roleName: roleName), DocumentLines(after, roleName: roleName))
    }

    /// What a server or component is meant to be beside what its site was last seen to have, from one document.
    init(statesOf document: String?, roleName: (RoleName) -> String) {
        self.init(
            DocumentLines(document, state: .intended, roleName: roleName),
            DocumentLines(document, state: .observed, roleName: roleName))
    }

    private init(_ left: DocumentLines, _ right: DocumentLines) {
        var labels = right.labels
        // A line that only the older document has keeps its place: behind the line it followed there.
        for (index, label) in left.labels.enumerated() where right.values[label] == nil {
            let place = index == 0 ? 0 : labels.firstIndex(of: left.labels[index - 1]).map { $0 + 1 } ?? labels.count
            labels.insert(label, at: place)
        }
        rows = labels.compactMap { label in
            let row = Comparison.Row(
                label: label, left: left.values[label] ?? "–", right: right.values[label] ?? "–")
            return row.differs && !Self.repeats(row, left, right) ? row : nil
        }
    }

    /// Whether a row says of what was seen what another says of the intention: an import commonly changes both alike.
    private static func repeats(_ row: Comparison.Row, _ left: DocumentLines, _ right: DocumentLines) -> Bool {
        guard row.label.hasPrefix(DocumentLines.seenMark) else { return false }
        let intended = String(row.label.dropFirst(DocumentLines.seenMark.count))
        return left.values[intended] ?? "–" == row.left && right.values[intended] ?? "–" == row.right
    }

    /// The rows as sentences, for a notice: `Port: 80, now 8080`.
    var sentences: [String] { rows.map { "\($0.label): \($0.left), now \($0.right)" } }
}

/// A document of the history as labelled values.
private struct DocumentLines {
    private(set) var labels: [String] = []
    private(set) var values: [String: String] = [:]
    /// Stands before the name of a field as the site was last seen to have it.
    static let seenMark = "Last seen: "

    init(_ text: String?, roleName: (RoleName) -> String) {
        guard let text, let document = try? JSONValue(parsing: text) else { return }
        guard document[ComponentRecord.groupName] == .null else {
            addComponent(document, prefix: "")
            addComponent(Self.observed(document), prefix: Self.seenMark)
            return
        }
        guard document["told"] != .null else {
            add(Site.ownFields, of: document)
            let ports = document[ClientPorts.groupName]
            if ports != .null { add(ClientPorts.fields, of: ports) }
            let plan = document[ClientProxyPlan.groupName]
            if plan != .null { add(ClientProxyPlan.fields, of: plan) }
            return
        }
        add("Name", document["name"].text)
        add("Site code", document["site"].text)
        addState(document, prefix: "", roleName: roleName)
        addState(Self.observed(document), prefix: Self.seenMark, roleName: roleName)
    }

    /// What was last seen; a document says "the same" where that is the intention.
    private static func observed(_ document: JSONValue) -> JSONValue {
        document["observed"].text == nil ? document["observed"] : document
    }

    enum State {
        case intended, observed
    }

    /// One state of a server's or component's document alone; nothing when both are the same.
    init(_ text: String?, state: State, roleName: (RoleName) -> String) {
        guard let text, let document = try? JSONValue(parsing: text), document["observed"].text == nil else { return }
        let part = state == .intended ? document : document["observed"]
        if document[ComponentRecord.groupName] == .null {
            addState(part, prefix: "", roleName: roleName)
        } else {
            addComponent(part, prefix: "")
        }
    }

    private mutating func addComponent(_ state: JSONValue, prefix: String) {
        let component = state[ComponentRecord.groupName]
        let told = SoftwareUpdatePointComponent.fields.filter { field in
            component[field.key.name] != .null
        }
        add(told, of: component, prefix: prefix)
    }

    private mutating func addState(_ state: JSONValue, prefix: String, roleName: (RoleName) -> String) {
        if state["told"]["general"] == .flag(true) { add(General.fields, of: state["general"], prefix: prefix) }
        addProxy(state, prefix: prefix)
        for role in state["roles"].items {
            guard let text = role["role"].text, let name = RoleName.check(text).value else { continue }
            add(prefix + roleName(name), "on this server")
            for (details, fields) in Self.details(of: name) where role[details] != .null {
                add(fields, of: role[details], prefix: prefix)
            }
        }
    }

    private mutating func addProxy(_ state: JSONValue, prefix: String) {
        let proxy = state["proxy"]
        let isTold = state["told"]["proxy"] == .flag(true)
        add(prefix + "Proxy", isTold ? (proxy == .null ? "No proxy" : "Used") : "Not told")
        guard proxy != .null else { return }
        add([.proxyServer, .proxyPort].map(FieldCatalogue.field), of: proxy, prefix: prefix)
        add(prefix + FieldKey.proxyAccount.label, proxy["account"].text ?? "The computer’s System account")
    }

    private static func details(of role: RoleName) -> [(String, [Field])] {
        let fields = RoleDetails.fields(of: role)
        return fields.first.map { [($0.key.group, fields)] } ?? []
    }

    private mutating func add(_ fields: [Field], of object: JSONValue, prefix: String = "") {
        for field in fields { add(prefix + field.label, field.words(forText: object[field.key.name].text)) }
    }

    private mutating func add(_ label: String, _ value: String?) {
        if values.updateValue(value ?? "–", forKey: label) == nil { labels.append(label) }
    }
}
