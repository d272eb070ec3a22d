import Domain

/// Walks `Objects/Object/Property[@Name='Props']/Property/Property` and passes over everything else. Source of the format:
/// PowerShell's CustomSerialization.
///
/// Texts have no escapes of PowerShell's own, a null cannot be told from an empty text, and an object below the depth of the
/// export is its type's name as text.
struct ConvertToXMLWalk {
    private var stack: [Context] = []
    private var record = CapturedRecord(texts: .plainOrNull)
    private var telling: RecordTelling
    private var types = TypesByName()
    /// Whether the record or property that is open holds text of its own, and where it starts.
    private var hasBareText = false
    private var start = Position.start

    /// What the element that is open is to us.
    private enum Context {
        /// `Objects`.
        case objects
        /// `Object`, and an object in a list that is one object of the file.
        case record, listed
        /// An object that only wraps a list of records.
        case wrapper
        case value(RecordMember)
        /// `Property Name="Props"`, and a property in it.
        case properties, property
        case slot(PropertySlot)
        case passedOver
    }

    init(report: Report) {
        telling = RecordTelling(report: report)
        stack.reserveCapacity(Limit.depth)
    }

    mutating func start(_ tag: StartTag) throws {
        guard let context = stack.last else { return stack.append(.objects) }
        let name = tag.rawValue(of: "Name")
        if name.map(ProtectedName.matches) == true { telling.passedOver.countProtected(at: tag.position) }
        stack.append(try next(context, name, tag))
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch stack.last {
        case .slot(let slot): record.append(bytes, to: slot)
        case .value: record.appendToValue(bytes)
        case .listed, .properties, .property:
            if !hasBareText { hasBareText = !bytes.allSatisfy(Self.isSpace) }
        default: break
        }
    }

    mutating func end() throws {
        switch stack.removeLast() {
        case .record: try telling.end(&record)
        case .listed:
            if hasBareText, !Self.isSimple(record.recordClass.name) { throw tooShallow }
            try telling.end(&record)
        case .value(let member): try record.endValue(member)
        case .slot(let slot): record.endSlot(slot)
        case .property:
            if hasBareText { throw tooShallow }
            try record.endProperty(&telling.passedOver)
        case .properties: if hasBareText { throw tooShallow }
        default: break
        }
    }

    mutating func finish() throws { try telling.finish() }

    private mutating func next(
        _ context: Context, _ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag
    ) throws -> Context {
        switch context {
        case .objects: return try beginRecord(.record, tag)
        case .wrapper: return try beginRecord(.listed, tag)
        case .record, .listed: return try beginMember(context, name, tag)
        case .properties: return try beginProperty(tag)
        case .property: return beginSlot(name, tag)
        case .slot(let slot): return foreignChild(.slot(slot), tag)
        case .value(let member): return foreignChild(member, tag)
        case .passedOver: return .passedOver
        }
    }

    private mutating func beginRecord(_ context: Context, _ tag: StartTag) throws -> Context {
        try telling.begin(at: tag.position)
        record.begin(at: tag.position)
        record.recordClass = types.recordClass(tag.rawValue(of: "Type"))
        beginBareText(tag)
        return context
    }

    private mutating func beginMember(
        _ context: Context, _ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag
    ) throws -> Context {
        guard let name else {
            // An object with members that have no names is a list.
            guard case .record = context else { return .passedOver }
            stack[stack.count - 1] = .wrapper
            return try beginRecord(.listed, tag)
        }
        guard record.recordClass.isWanted else { return .passedOver }
        switch record.find(name, in: record.recordClass.kind.members) {
        case .none: return .passedOver
        case .otherCase(let member):
            record.reportCase(member, at: tag.position)
            return .passedOver
        case .exact(.field(.props)):
            beginBareText(tag)
            return .properties
        case .exact(let member):
            record.beginValue(at: tag.position)
            return .value(member)
        }
    }

    private mutating func beginProperty(_ tag: StartTag) throws -> Context {
        record.hasProperties = true
        try record.beginProperty(at: tag.position)
        beginBareText(tag)
        return .property
    }

    private mutating func beginSlot(_ name: UnsafeBufferPointer<UInt8>?, _ tag: StartTag) -> Context {
        guard let name else { return .passedOver }
        switch record.find(name, in: PropertySlot.names) {
        case .none: return .passedOver
        case .otherCase(let slot):
            record.reportCase(.slot(slot), at: tag.position)
            return .passedOver
        case .exact(let slot): return record.beginSlot(slot, at: tag.position) ? .slot(slot) : .passedOver
        }
    }

    private mutating func foreignChild(_ member: RecordMember, _ tag: StartTag) -> Context {
        record.reportForeignChild(member.label, member.subject, tag.position)
        return .passedOver
    }
}

// Texts where objects belong.
extension ConvertToXMLWalk {
    private mutating func beginBareText(_ tag: StartTag) {
        hasBareText = false
        start = tag.position
    }

    private var tooShallow: Refusal {
        .tooShallow(at: start, command: "ConvertTo-Xml -Depth 3 -As String | Set-Content -Encoding UTF8 FILE")
    }

    /// Whether objects of this type are texts at any depth.
    private static func isSimple(_ typeName: String) -> Bool {
        typeName.hasPrefix("System.") && !typeName.hasPrefix("System.Management.")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}

/// The classes of the type names a file has: every object repeats its type's name.
private struct TypesByName {
    private var known: [(name: [UInt8], recordClass: RecordClass)] = []
    private static let longest = 16

    /// - Parameter name: the raw attribute; nil when objects were written without it.
    mutating func recordClass(_ name: UnsafeBufferPointer<UInt8>?) -> RecordClass {
        let name = name ?? UnsafeBufferPointer(start: nil, count: 0)
        for entry in known where entry.name.elementsEqual(name) { return entry.recordClass }
        let recordClass = RecordClass(untoldTypeName: StartTag.unescaped(name))
        if known.count < Self.longest { known.append((Array(name), recordClass)) }
        return recordClass
    }
}
