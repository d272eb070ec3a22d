import Domain

/// A document of the history, read back: the groups of a server or a component in both its states.
struct HistoryDocument {
    private let root: JSONValue

    /// Nil when it is no JSON object.
    init?(_ text: String) {
        guard let root = try? JSONValue(parsing: text), case .object = root else {
            return nil
        }
        self.root = root
    }

    var site: SiteCode? { root["site"].text.flatMap { SiteCode.check($0).value } }
    var intended: ServerState { ServerState(root) }
    /// As far as an export had shown it when the change was saved.
    var observed: ServerState { root["observed"].text == nil ? ServerState(root["observed"]) : intended }

    var intendedComponent: SoftwareUpdatePointComponent? {
        root[ComponentRecord.groupName].group(SoftwareUpdatePointComponent.self)
    }

    var observedComponent: SoftwareUpdatePointComponent? {
        let observed = root["observed"]
        return observed.text == nil
            ? observed[ComponentRecord.groupName].group(SoftwareUpdatePointComponent.self) : intendedComponent
    }

    /// One state of a server.
    struct ServerState {
        let general: General?
        /// Nil when not told, which is not off.
        let proxy: Proxy?
        /// By folded name; the value is nil where only the name is known.
        let roles: [String: (name: RoleName, details: RoleDetails?)]

        fileprivate init(_ object: JSONValue) {
            general = object["told"]["general"].flag ? object["general"].group(General.self) : nil
            proxy = object["told"]["proxy"].flag ? Self.proxy(object["proxy"]) : nil
            let read = object["roles"].items.compactMap { role -> (name: RoleName, details: RoleDetails?)? in
                guard let name = role["role"].text.flatMap({ RoleName.check($0).value }) else { return nil }
                return (name, Self.details(role, of: name))
            }
            roles = Dictionary(read.map { ($0.name.folded, $0) }) { first, _ in first }
        }

        var isEmpty: Bool { general == nil && proxy == nil && roles.isEmpty }

        private static func proxy(_ object: JSONValue) -> Proxy? {
            guard case .object = object else { return .off }
            let port = object["port"].text.flatMap { Int($0) } ?? Port.proxyDefault.number
            return ProxyConfiguration(
                server: object["server"].text ?? "", port: port, account: object["account"].text
            ).map(Proxy.on)
        }

        private static func details(_ role: JSONValue, of name: RoleName) -> RoleDetails? {
            let fields = RoleDetails.fields(of: name).map(\.key)
            guard let group = fields.first?.group, case .object = role[group] else { return nil }
            var judge = Judge(.fileImport)
            return RoleDetails.check(role[group].draft(fields), of: name, base: nil, &judge)
        }
    }
}

extension JSONValue {
    fileprivate var flag: Bool { self == .flag(true) }

    /// The fields of a group, as if they had been sent. Null is not sent: an empty list is told, and null is not.
    fileprivate func draft(_ fields: [FieldKey]) -> Draft {
        var draft = Draft(capacity: fields.count)
        for field in fields {
            switch self[field.name] {
            case .null, .object: continue
            case .list(let items): draft.append(field, Sent(items.compactMap(\.text).joined(separator: "\n")))
            case let value: draft.append(field, Sent(value.text ?? ""))
            }
        }
        return draft
    }

    fileprivate func group<Group: FieldGroup>(_: Group.Type) -> Group? {
        guard case .object = self else { return nil }
        var judge = Judge(.fileImport)
        return Group.check(draft(Group.fields.map(\.key)), base: nil, &judge)
    }
}
