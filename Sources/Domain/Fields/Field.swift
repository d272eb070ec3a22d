/// How a field is entered.
public enum FieldControl: Sendable, Equatable {
    case text
    /// Several texts, one a line.
    case lines
    case number
    case checkBox
    case choice([FieldChoice])
}

/// One of the values of a choice: what is stored, and what a person reads.
public struct FieldChoice: Sendable, Equatable {
    public let value: String
    public let label: String
}

/// What is known of a field in one place, for its form, its column in a list, its JSON and XML, and its findings.
public struct Field: Sendable, Equatable {
    public let key: FieldKey
    /// The console's own label where the console has one.
    public let label: String
    public let control: FieldControl
    /// The longest text a form takes for it, in characters.
    public let longest: Int

    init(_ key: FieldKey, _ label: String, _ control: FieldControl, longest: Int = 255) {
        self.key = key
        self.label = label
        self.control = control
        self.longest = longest
    }
}

/// All fields of all entities: each group lists its own, and this gathers them.
public enum FieldCatalogue {
    public static let all: [Field] =
        SiteSystemServer.identityFields + General.fields + Proxy.fields + Role.identityFields
        + SoftwareUpdatePoint.fields + ServiceConnectionPoint.fields + DistributionPoint.fields
        + SoftwareUpdatePointComponent.fields + SoftwareUpdatePointComponent.formFields + Site.fields

    private static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

    /// The catalogue's entry; every key has one, and a test holds it so.
    public static func field(_ key: FieldKey) -> Field {
        byKey[key] ?? Field(key, key.rawValue, .text)
    }
}

/// A value of a field, whatever its type: what forms show, history compares and exports print.
public enum FieldValue: Sendable, Hashable {
    case nothing
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([String])

    static func optional(_ text: String?) -> FieldValue { text.map(FieldValue.text) ?? .nothing }

    /// As a form or an XML attribute holds it; empty for nothing.
    public var text: String {
        switch self {
        case .nothing: ""
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .list(let texts): texts.joined(separator: "\n")
        }
    }
}

/// A group of fields that is told, observed and changed as one: a tab, or the details of a role.
public protocol FieldGroup: Sendable, Equatable {
    /// The catalogue, in the order of forms, JSON and XML.
    static var fields: [Field] { get }

    /// What a field of the group holds.
    func value(_ key: FieldKey) -> FieldValue

    /// Reads what was sent: absent keeps `base`'s value (or the product's default), blank clears it.
    ///
    /// Reports every problem to `judge`. Returns nil when a finding refuses the group, and also when nothing in the
    /// draft tells it.
    static func check(_ draft: Draft, base: Self?, _ judge: inout Judge) -> Self?

    /// The fields in which two values differ; against nil, those that hold something.
    static func difference(_ left: Self?, _ right: Self?) -> [FieldKey]

    /// What is doubtful about single values of the group; rules across groups are in `ServerRules`.
    var doubts: [(field: FieldKey, problem: Problem)] { get }
}

extension FieldGroup {
    public static func difference(_ left: Self?, _ right: Self?) -> [FieldKey] {
        fields.map(\.key).filter { key in
            let before = left?.value(key) ?? .nothing
            let after = right?.value(key) ?? .nothing
            return before != after && !(isEmpty(before) && isEmpty(after))
        }
    }

    private static func isEmpty(_ value: FieldValue) -> Bool {
        value == .nothing || value == .flag(false) || value == .list([])
    }
}
