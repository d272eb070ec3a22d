import Synchronization

/// The name of a value in a template, as an integer at run time.
///
/// Names are interned for the whole process: two keys made from the same name are equal. Making one takes a lock, so
/// make each key once, as a `static let`, and never inside a loop.
public struct TemplateKey: Hashable, Sendable, ExpressibleByStringLiteral {
    let id: Int

    /// Interns a name.
    public init(_ name: String) {
        id = keyTable.withLock { $0.intern(name) }
    }

    /// Interns a name written in source code.
    public init(stringLiteral name: String) {
        self.init(name)
    }

    /// The name the key was made from.
    public var name: String {
        keyTable.withLock { $0.names[id] }
    }
}

private let keyTable = Mutex(KeyTable())

/// Every name met so far. It only grows, and names come from source code and template files, never from a request.
private struct KeyTable {
    private(set) var names: [String] = []
    private var ids: [String: Int] = [:]

    mutating func intern(_ name: String) -> Int {
        if let known = ids[name] {
            return known
        }
        names.append(name)
        ids[name] = names.count - 1
        return names.count - 1
    }
}
