import Domain
import FoundationEssentials

/// A document of the history, read back: the groups of a server or a component in both its states.
struct HistoryDocument {
    private let root: JSON

    /// Nil when it is no JSON object.
    init?(_ text: String) {
        guard let root = try? JSONDecoder().decode(JSON.self, from: Data(text.utf8)), case .object = root else {
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

        fileprivate init(_ object: JSON) {
            general = object["told"]["general"].flag ? object["general"].group(General.self) : nil
            proxy = object["told"]["proxy"].flag ? Self.proxy(object["proxy"]) : nil
            let read = object["roles"].items.compactMap { role -> (name: RoleName, details: RoleDetails?)? in
                guard let name = role["role"].text.flatMap({ RoleName.check($0).value }) else { return nil }
                return (name, Self.details(role, of: name))
            }
            roles = Dictionary(read.map { ($0.name.folded, $0) }) { first, _ in first }
        }

        var isEmpty: Bool { general == nil && proxy == nil && roles.isEmpty }

        private static func proxy(_ object: JSON) -> Proxy? {
            guard case .object = object else { return .off }
            let port = object["port"].text.flatMap { Int($0) } ?? Port.proxyDefault.number
            return ProxyConfiguration(
                server: object["server"].text ?? "", port: port, account: object["account"].text
            ).map(Proxy.on)
        }

        private static func details(_ role: JSON, of name: RoleName) -> RoleDetails? {
            let fields = RoleDetails.fields(of: name).map(\.key)
            guard let group = fields.first?.group, case .object = role[group] else { return nil }
            var judge = Judge(.fileImport)
            return RoleDetails.check(role[group].draft(fields), of: name, base: nil, &judge)
        }
    }
}

/// The JSON the history is kept in.
private indirect enum JSON: Decodable {
    case null
    case text(String)
    case flag(Bool)
    case list([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .text(String(number))
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    subscript(name: String) -> JSON {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    var items: [JSON] { if case .list(let items) = self { items } else { [] } }
    var flag: Bool { if case .flag(let flag) = self { flag } else { false } }

    /// A single value as a form holds it; nil for null, lists and objects.
    var text: String? {
        switch self {
        case .text(let text): text
        case .flag(let flag): flag ? "true" : "false"
        case .null, .list, .object: nil
        }
    }

    /// The fields of a group, as if they had been sent. Null is not sent: an empty list is told, and null is not.
    func draft(_ fields: [FieldKey]) -> Draft {
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

    func group<Group: FieldGroup>(_: Group.Type) -> Group? {
        guard case .object = self else { return nil }
        var judge = Judge(.fileImport)
        return Group.check(draft(Group.fields.map(\.key)), base: nil, &judge)
    }
}
