/// The elements of CLIXML that matter here.
enum CLIXMLElement {
    case object, typeNames, typeReference, typeName, members, list, enumerable, null, reference, secureString
    /// A value of its own, such as `S`, `U32` or `B`, and everything else.
    case value

    init(_ tag: StartTag) {
        switch tag.packedName {
        case Packed.s, Packed.u32: self = .value
        case Packed.obj: self = .object
        case Packed.props, Packed.ms: self = .members
        case Packed.tn: self = .typeNames
        case Packed.tnRef: self = .typeReference
        case Packed.t: self = .typeName
        case Packed.lst: self = .list
        case Packed.ie: self = .enumerable
        case Packed.null: self = .null
        case Packed.ref: self = .reference
        case Packed.ss: self = .secureString
        default: self = .value
        }
    }

    private enum Packed {
        static let s = StartTag.pack("S")
        static let u32 = StartTag.pack("U32")
        static let obj = StartTag.pack("Obj")
        static let props = StartTag.pack("Props")
        static let ms = StartTag.pack("MS")
        static let tn = StartTag.pack("TN")
        static let tnRef = StartTag.pack("TNRef")
        static let t = StartTag.pack("T")
        static let lst = StartTag.pack("LST")
        static let ie = StartTag.pack("IE")
        static let null = StartTag.pack("Nil")
        static let ref = StartTag.pack("Ref")
        static let ss = StartTag.pack("SS")
    }
}

/// Reads one list of type names: only the first counts.
struct TypeListReading {
    private(set) var number: Int?
    private(set) var recordClass = RecordClass.unnamed
    private var names = 0
    private var name = CapturedValue()

    mutating func begin(_ number: Int?) {
        self.number = number
        recordClass = .unnamed
        names = 0
    }

    mutating func beginName() { name.begin(at: .start) }
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) { name.append(bytes) }

    mutating func endName() {
        names += 1
        if names == 1, let text = name.text { recordClass = RecordClass(typeName: text) }
    }
}

extension NameTable {
    /// Finds a name of the file, which may hold PowerShell's escapes.
    func find(decoding name: UnsafeBufferPointer<UInt8>) -> Match {
        guard name.contains(UInt8(ascii: "_")), var text = CLIXMLText.decode(name) else { return find(name) }
        return text.withUTF8 { find($0) }
    }
}

extension PropertySlot {
    /// As the file spells it.
    var label: String {
        switch self {
        case .name: "PropertyName"
        case .value: "Value"
        case .value1: "Value1"
        case .value2: "Value2"
        }
    }
}
