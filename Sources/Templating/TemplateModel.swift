/// What a template is filled with: values by key.
///
/// Values lie in one array in the order they were set: for the ten to forty keys of a page, comparing integers one
/// after the other beats hashing, and building the model costs one allocation.
public struct TemplateModel: Sendable, ExpressibleByDictionaryLiteral {
    private var entries: [(id: Int, value: TemplateValue)] = []

    /// A model without values.
    public init() {}

    /// A model with the given values; of two values for one key the later one stays.
    public init(dictionaryLiteral elements: (TemplateKey, TemplateValue)...) {
        entries.reserveCapacity(elements.count)
        for (key, value) in elements {
            self[key] = value
        }
    }

    /// The value for a key, `.nothing` when absent.
    public subscript(key: TemplateKey) -> TemplateValue {
        get {
            value(for: key.id) ?? .nothing
        }
        set {
            if let index = entries.firstIndex(where: { $0.id == key.id }) {
                entries[index].value = newValue
            } else {
                entries.append((key.id, newValue))
            }
        }
    }

    /// The value for a key's integer, `nil` when it was never set: only then do enclosing scopes have a say.
    func value(for id: Int) -> TemplateValue? {
        for index in entries.indices where entries[index].id == id {
            return entries[index].value
        }
        return nil
    }
}
