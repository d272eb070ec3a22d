import CLibXML2
import Domain

/// A start tag as libxml2 hands it over: valid during the call only.
struct StartTag {
    /// Where its `<` stands.
    let position: Position
    /// The name without prefix, ended by a zero byte.
    let name: UnsafePointer<xmlChar>
    /// Nil for no namespace.
    let namespace: UnsafePointer<xmlChar>?
    let attributeCount: Int
    /// libxml2's five pointers an attribute: name, prefix, namespace, start and end of the value.
    let attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?

    var nameText: String { String(cString: name) }
    var namespaceText: String? { namespace.map { String(cString: $0) } }

    /// The name's first eight bytes as one number, for comparing with `packed`; 0 for a longer name.
    var packedName: UInt64 { StartTag.pack(name) }

    static func pack(_ name: UnsafePointer<xmlChar>) -> UInt64 {
        var packed: UInt64 = 0
        var index = 0
        while name[index] != 0 {
            if index == 8 { return 0 }
            packed = packed << 8 | UInt64(name[index])
            index += 1
        }
        return packed
    }

    static func pack(_ name: StaticString) -> UInt64 { pack(name.utf8Start) }

    /// The raw bytes of the value of the attribute without namespace whose name is one letter; nil when it is absent.
    ///
    /// An ampersand stands in them as `&#38;` (see `unescaped`).
    func rawValue(ofLetter letter: UInt8) -> UnsafeBufferPointer<UInt8>? {
        guard let attributes else { return nil }
        for index in 0..<attributeCount {
            let attribute = attributes + index * 5
            guard let name = attribute[0], name[0] == letter, name[1] == 0, attribute[1] == nil else { continue }
            return Self.value(of: attribute)
        }
        return nil
    }

    /// The raw bytes of the value of the attribute of that name without namespace; nil when it is absent.
    func rawValue(of name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        guard let attributes else { return nil }
        for index in 0..<attributeCount {
            let attribute = attributes + index * 5
            guard let other = attribute[0], attribute[1] == nil, Self.isSame(other, name) else { continue }
            return Self.value(of: attribute)
        }
        return nil
    }

    /// Whether the element has this name, which may be longer than `packedName` can tell.
    func isNamed(_ name: StaticString) -> Bool { Self.isSame(self.name, name) }

    private static func isSame(_ name: UnsafePointer<xmlChar>, _ other: StaticString) -> Bool {
        xmlStrEqual(name, other.utf8Start) == 1
    }

    /// The text of the attribute without namespace of that name; nil when it is absent.
    func value(of name: String) -> String? { texts.first { $0.name == name }?.value }

    /// All attributes, a prefixed one under its prefix and name.
    var texts: [(name: String, value: String)] {
        guard let attributes else { return [] }
        return (0..<attributeCount).map { index in
            let attribute = attributes + index * 5
            let name = attribute[0].map { String(cString: $0) } ?? ""
            let prefix = attribute[1].map { String(cString: $0) + ":" } ?? ""
            return (prefix + name, Self.unescaped(Self.value(of: attribute)))
        }
    }

    private static func value(
        of attribute: UnsafeMutablePointer<UnsafePointer<xmlChar>?>
    ) -> UnsafeBufferPointer<UInt8> {
        guard let start = attribute[3], let end = attribute[4] else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: start, count: end - start)
    }

    /// The text of an attribute's raw value.
    ///
    /// libxml2 leaves `&#38;` for every ampersand when it is told not to expand entities, and nothing else escaped.
    static func unescaped(_ raw: UnsafeBufferPointer<UInt8>) -> String {
        guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
        let escape = Array("&#38;".utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < raw.count {
            bytes.append(raw[index])
            let isEscape = raw[index] == escape[0] && raw[index...].starts(with: escape)
            index += isEscape ? escape.count : 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
