import FoundationEssentials

/// A JSON text read as it is: the documents of the history, and the examples of components.
public indirect enum JSONValue: Decodable, Sendable, Equatable {
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// - Throws: what the decoder says of a text that is no JSON.
    public init(parsing text: String) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    /// A member of an object; null where there is none.
    public subscript(name: String) -> JSONValue {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    public var items: [JSONValue] {
        if case .list(let items) = self { items } else { [] }
    }

    /// A single value, or a list of single values, as a form would hold it; nil for null.
    public var text: String? {
        switch self {
        case .null, .object: nil
        case .flag(let flag): flag ? "true" : "false"
        case .number(let number): String(number)
        case .text(let text): text
        case .list(let items): items.compactMap(\.text).joined(separator: "\n")
        }
    }
}
