import Domain
import Foundation
import SQLiteStore
import Workflow
import XMLExchange

/// The proxy properties of an item `SMS Site System`.
public struct ProxyItem: Sendable {
    public var name: String
    public var port: Int
    public var account: String?

    public init(name: String, port: Int, account: String? = nil) {
        self.name = name
        self.port = port
        self.account = account
    }
}

/// A site system server as an export of `Get-CMSiteSystemServer` has it, on one line a property.
public struct ServerItem: Sendable {
    public var name: String
    public var site: String
    public var proxy: ProxyItem?
    /// A proxy name the site still holds although its box is off.
    public var leftOver: String
    /// Whether the item has the proxy's properties at all.
    public var tellsProxy: Bool

    /// - Parameter proxy: nil writes `UseProxy` 0.
    public init(
        _ name: String, site: String = "PS1", proxy: ProxyItem? = nil, leftOver: String = "", tellsProxy: Bool = true
    ) {
        self.name = name
        self.site = site
        self.proxy = proxy
        self.leftOver = leftOver
        self.tellsProxy = tellsProxy
    }

    /// Items as one CLIXML file.
    public static func file(_ items: [ServerItem], roles: [RoleItem] = []) -> String {
        let body = items.enumerated().map { $1.xml($0) }.joined() + roles.map(\.xml).joined()
        return "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n\(body)</Objs>"
    }

    private static let linesOfItem = 16

    /// The line on which the item starts when it is the n-th of a file, and all before it have a proxy or all have none.
    public func line(in position: Int) -> Int { 2 + position * Self.linesOfItem }

    private var properties: [(name: String, value: Int, text: String)] {
        let told = [
            ("ForestFQDN", 0, "contoso.com"), ("UseProxy", proxy == nil ? 0 : 1, ""),
            ("ProxyName", 0, proxy?.name ?? leftOver),
            ("ProxyServerPort", proxy?.port ?? 80, ""), ("AnonymousProxyAccess", proxy?.account == nil ? 1 : 0, ""),
            ("ProxyUserName", 0, proxy?.account ?? ""),
        ]
        return tellsProxy ? told : Array(told.prefix(1))
    }

    /// - Parameter position: how many items stand before it in the file.
    func xml(_ position: Int) -> String {
        let items = properties.map { property in
            let isFirstSlot = property.name == "ForestFQDN"
            return
                "<Obj RefId=\"x\"><Props><S N=\"PropertyName\">\(property.name)</S><U32 N=\"Value\">\(property.value)</U32>"
                + "<S N=\"Value1\">\(isFirstSlot ? property.text : "")</S><S N=\"Value2\">\(isFirstSlot ? "" : property.text)</S></Props></Obj>"
        }
        return """
            <Obj RefId="\(position)"><TN RefId="0"><T>IResultObject#SMS_SCI_SysResUse</T></TN>
            <Props>
            <S N="NetworkOSPath">\\\\\(name)</S>
            <S N="RoleName">SMS Site System</S>
            <S N="SiteCode">\(site)</S>
            <Obj N="Props" RefId="p">
            <LST>
            \(items.joined(separator: "\n"))
            </LST>
            </Obj>
            </Props></Obj>

            """
    }
}

/// A role item that tells the role's name alone.
public struct RoleItem: Sendable {
    public var server: String
    public var role: String
    public var site: String

    public init(_ server: String, role: String, site: String = "PS1") {
        self.server = server
        self.role = role
        self.site = site
    }

    var xml: String {
        """
        <Obj RefId="r"><TN RefId="0"><T>IResultObject#SMS_SCI_SysResUse</T></TN>
        <Props>
        <S N="NetworkOSPath">\\\\\(server)</S>
        <S N="RoleName">\(role)</S>
        <S N="SiteCode">\(site)</S>
        </Props></Obj>

        """
    }
}

/// What an import said, with its lists in memory.
public struct TestImport: Sendable {
    public let outcome: ImportOutcome
    public let counts: ImportCounts
    public let changeSet: Int?
    public let findings: [Finding]
    public let changes: [PlannedChange]
}

extension TestPortal {
    /// Imports items as one CLIXML file.
    @discardableResult
    public func importing(
        _ items: [ServerItem], roles: [RoleItem] = [], options: ImportOptions = ImportOptions()
    ) throws -> TestImport {
        try importing(file: ServerItem.file(items, roles: roles), options: options)
    }

    /// Imports a file's text; commits unless it is refused.
    @discardableResult
    public func importing(file text: String, options: ImportOptions = ImportOptions()) throws -> TestImport {
        let run = try reading(text, options: options)
        defer { run.staging.discard() }
        var report = try run.compare()
        if report.outcome != .rejected {
            let facts = run.facts(files: ["test.xml"], digest: [0])
            report = try run.commit(facts: facts, request: Request(actor: .local, reason: nil, id: "test")).report
        }
        var findings: [Finding] = []
        var changes: [PlannedChange] = []
        try run.staging.eachFinding { findings.append($0) }
        try run.staging.eachChange { changes.append($0) }
        return TestImport(
            outcome: report.outcome, counts: report.counts, changeSet: report.changeSet, findings: findings,
            changes: changes)
    }

    /// An import of items, up to its preview.
    public func comparing(_ items: [ServerItem]) throws -> ImportSubmission {
        try comparing(file: ServerItem.file(items))
    }

    /// An import of a file's text, up to its preview.
    public func comparing(file text: String, options: ImportOptions = ImportOptions()) throws -> ImportSubmission {
        let run = try reading(text, options: options)
        _ = try run.compare()
        return run
    }

    private func reading(_ text: String, options: ImportOptions) throws -> ImportSubmission {
        let run = try ImportSubmission(store: store, options: options, id: UUID().uuidString, clock: clock.now)
        let reader = ConfigurationReader(file: "test.xml") { try run.batch.receive($0) }
        try Array(text.utf8).withUnsafeBytes { try reader.feed($0) }
        try run.finishReading([reader.finish()])
        return run
    }

    /// Every stored finding.
    public func allFindings() throws -> [Finding] {
        try store.read { reading in
            var all: [Finding] = []
            try reading.eachFinding { all.append($0) }
            return all
        }
    }
}
