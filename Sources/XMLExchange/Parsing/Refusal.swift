import Domain

/// Where something starts in a document, counted from 1; columns count characters.
struct Position: Equatable {
    var line: Int
    var column: Int

    static let start = Position(line: 1, column: 1)
}

/// Why a file is refused as a whole. Thrown inside the module, told as one finding by `ConfigurationReader`.
struct Refusal: Error, Equatable {
    let code: FindingCode
    /// Nil only where there is no byte to point at.
    let position: Position?
    /// A whole sentence or two: what is so, and what to do.
    let message: String

    init(_ code: FindingCode, at position: Position?, _ message: String) {
        self.code = code
        self.position = position
        self.message = message
    }
}

/// The limits of a file (CONTRACTS 4).
enum Limit {
    /// Elements inside one another.
    static let depth = 64
    static let attributes = 64
    /// Bytes between `<` and `>`.
    static let tag = 64 * 1024
    /// Bytes of a text we read.
    static let value = 64 * 1024
    /// Bytes of any other text or character data section.
    static let text = 10_000_000
    /// Bytes of a comment: libxml2 keeps it whole, and no export has one.
    static let comment = 1_000_000
    static let items = 2_000_000
    /// Properties of one item.
    static let properties = 1_000
    /// Different names of elements and attributes in a file: libxml2 keeps each, and is slow to find one among many.
    static let names = 10_000
    /// Names of cloud distribution points, or of Exchange Server connectors, of one site.
    static let siteNames = 1_000
    /// What is told of one record's values that cannot be read.
    static let problems = 1_000
    /// Bytes of a type name: a longer one is none the portal reads, and only its beginning is kept.
    static let typeName = 1_024
    /// Lists of type names in a file: PowerShell writes each once.
    static let typeLists = 4_096
}

extension String {
    /// How a sentence quotes a name out of a file: short, and with nothing in it that a terminal or a log would obey.
    var shown: String {
        let scalars = unicodeScalars.prefix(80).map { scalar -> String in
            let category = scalar.properties.generalCategory
            let isHidden = category == .control || category == .format
            return isHidden ? "U+" + String(scalar.value, radix: 16, uppercase: true) : String(scalar)
        }
        return scalars.joined() + (unicodeScalars.count > 80 ? "…" : "")
    }
}
