/// What a record is, told by the first of its type names.
struct RecordClass: Equatable {
    enum Kind {
        case item, site, component
        /// A product, classification or the like of software updates.
        case category
        /// An object that a script made.
        case custom
        /// A row of a database query.
        case row
        /// An object of a format that does not tell its class: what it holds tells.
        case untold
        case other

        var members: NameTable<RecordMember> {
            switch self {
            case .site: RecordMembers.ofSite
            case .component: RecordMembers.ofComponent
            case .category: RecordMembers.ofCategory
            case .row: RecordMembers.ofRow
            case .untold: RecordMembers.ofAny
            default: RecordMembers.ofItem
            }
        }
    }

    let kind: Kind
    /// The class alone, such as `SMS_SCI_SysResUse`; the whole type name where there is no class.
    let name: String

    static let unnamed = RecordClass(kind: .other, name: "objects without a type")

    var isWanted: Bool { kind != .other }

    /// - Parameter typeName: as PowerShell writes it, such as `Selected.IResultObject#SMS_SCI_SysResUse` or
    ///   `System.Management.ManagementObject#root\SMS\site_PS1\SMS_SCI_SysResUse`.
    init(typeName: String) {
        guard typeName.utf8.count <= Limit.typeName else {
            self.init(kind: .other, name: String(typeName.prefix(100)))
            return
        }
        var bare = Substring(typeName)
        for prefix in ["Selected.", "Deserialized.", "Selected."] where bare.hasPrefix(prefix) {
            bare = bare.dropFirst(prefix.count)
        }
        let className = bare.contains("#") ? bare.split { $0 == "#" || $0 == "\\" || $0 == "/" }.last ?? bare : bare
        self.init(kind: Self.kind(String(className), isClass: bare.contains("#")), name: String(className))
    }

    /// The class by the type name of a format that writes .NET's names, where the cmdlets' objects are all of one type.
    init(untoldTypeName typeName: String) {
        let told = RecordClass(typeName: typeName)
        let isTold = typeName.contains("#") || told.kind == .row
        self = isTold ? told : RecordClass(kind: .untold, name: typeName.isEmpty ? Self.unnamed.name : typeName)
    }

    /// The class of a format that writes it alone.
    init(className: String) {
        self.init(
            kind: Self.kind(className, isClass: true), name: className.isEmpty ? Self.unnamed.name : className)
    }

    private init(kind: Kind, name: String) {
        self.kind = kind
        self.name = name
    }

    private static func kind(_ name: String, isClass: Bool) -> Kind {
        switch name {
        case "SMS_SCI_SysResUse" where isClass: .item
        case "SMS_Site" where isClass: .site
        case "SMS_SCI_Component" where isClass: .component
        case "SMS_CategoryInstance" where isClass, "SMS_UpdateCategoryInstance" where isClass: .category
        case "System.Management.Automation.PSCustomObject": .custom
        case "System.Data.DataRow": .row
        default: .other
        }
    }
}
