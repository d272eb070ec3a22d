/// Writes exports of any size in the shape of the Configuration Manager cmdlets: `Get-CMSiteSystemServer | Export-Clixml`.
///
/// The same options and seed always give the same bytes. About 6 KB a server in UTF-8.
public struct CLIXMLGenerator {
    public var servers: Int
    /// The share of servers that also have an item `SMS Software Update Point`, 0 to 1.
    public var softwareUpdatePointShare: Double
    /// Site codes, dealt out to the servers in turn.
    public var sites: [String]
    /// Whether to write UTF-16 with its mark, as Windows PowerShell does, instead of UTF-8 without one.
    public var isUTF16: Bool
    public var seed: UInt64

    public init(
        servers: Int, softwareUpdatePointShare: Double = 0, sites: [String] = ["PS1", "PS2", "CAS"],
        isUTF16: Bool = false, seed: UInt64 = 1
    ) {
        self.servers = servers
        self.softwareUpdatePointShare = softwareUpdatePointShare
        self.sites = sites
        self.isUTF16 = isUTF16
        self.seed = seed
    }

    /// Writes the document in pieces of some hundred kilobytes.
    public func write(_ write: ([UInt8]) throws -> Void) rethrows {
        var text = CLIXMLBuilder()
        if isUTF16 { try write([0xFF, 0xFE]) }
        text.line(0, #"<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">"#)
        var random = SeededGenerator(seed: seed)
        for number in 0..<servers {
            let server = GeneratedServer(number: number, sites: sites, random: &random)
            text.item("SMS Site System", of: server, properties: server.siteSystemProperties)
            if hasSoftwareUpdatePoint(number) {
                text.item("SMS Software Update Point", of: server, properties: server.softwareUpdatePointProperties)
            }
            if text.bytes.count >= 256 * 1024 { try pass(&text, to: write) }
        }
        text.append("</Objs>")
        try pass(&text, to: write)
    }

    /// The whole document; for small ones.
    public var document: [UInt8] {
        var document: [UInt8] = []
        write { document += $0 }
        return document
    }

    private func hasSoftwareUpdatePoint(_ number: Int) -> Bool {
        let before = (Double(number) * softwareUpdatePointShare).rounded(.up)
        return (Double(number + 1) * softwareUpdatePointShare).rounded(.up) > before
    }

    private func pass(_ text: inout CLIXMLBuilder, to write: ([UInt8]) throws -> Void) rethrows {
        // The generator writes ASCII alone, so a zero byte behind each makes it UTF-16.
        try write(isUTF16 ? text.bytes.flatMap { [$0, 0] } : text.bytes)
        text.bytes.removeAll(keepingCapacity: true)
    }
}

/// One server of the generated hierarchy.
private struct GeneratedServer {
    typealias Property = (name: String, value: Int, value1: String, value2: String)

    let name: String
    let site: String
    let domain: String
    let hasProxy: Bool
    let isAnonymous: Bool
    let usesMachineAccount: Bool
    let proxyNumber: Int

    init(number: Int, sites: [String], random: inout SeededGenerator) {
        site = sites[number % sites.count]
        domain = number % 3 == 1 ? "emea.contoso.com" : "corp.contoso.com"
        name = "cmss" + Self.digits(number, 6) + "." + domain
        hasProxy = Bool.random(using: &random)
        isAnonymous = Bool.random(using: &random)
        usesMachineAccount = Bool.random(using: &random)
        proxyNumber = Int.random(in: 0..<20, using: &random)
    }

    var path: String {
        let upper = name.uppercased()
        return #"["Display=\\\#(upper)\"]MSWNET:["SMS_SITE=\#(site)"]\\\#(upper)\"#
    }

    var proxyName: String { hasProxy ? "proxy\(Self.digits(proxyNumber, 2)).contoso.com" : "" }
    var proxyPort: Int { hasProxy ? 8080 : 80 }
    var proxyAccount: String { hasProxy && !isAnonymous ? "CONTOSO\\svc-proxy\(Self.digits(proxyNumber, 2))" : "" }

    var siteSystemProperties: [Property] {
        [
            ("Server Remote Name", 0, name, ""),
            ("Server Remote Public Name", 0, hasProxy ? "ss\(proxyNumber).example.net" : "", ""),
            ("FDMOperation", usesMachineAccount ? 1 : 0, "", ""),
            ("UseMachineAccount", usesMachineAccount ? 1 : 0, "", ""),
            ("UserName", 0, "", usesMachineAccount ? "" : "CONTOSO\\svc-cminstall"),
            ("ForestFQDN", 0, "contoso.com", ""),
            ("DomainFQDN", 0, domain, ""),
            ("IsActive", 1, "", ""),
            ("UseProxy", hasProxy ? 1 : 0, "", ""),
            ("ProxyName", 0, hasProxy ? "REG_SZ" : "", proxyName),
            ("ProxyServerPort", proxyPort, "", ""),
            ("AnonymousProxyAccess", hasProxy && !isAnonymous ? 0 : 1, "", ""),
            ("ProxyUserName", 0, "", proxyAccount),
        ]
    }

    var softwareUpdatePointProperties: [Property] {
        [
            ("UseProxy", hasProxy ? 1 : 0, "", ""),
            ("ProxyName", 0, "", proxyName),
            ("ProxyServerPort", proxyPort, "", ""),
            ("AnonymousProxyAccess", hasProxy && !isAnonymous ? 0 : 1, "", ""),
            ("UserName", 0, "", proxyAccount),
            ("UseProxyForADR", 0, "", ""),
            ("IsIntranet", 1, "", ""),
            ("IsINF", 0, "", ""),
            ("Enabled", 1, "", ""),
            ("DBServerName", 0, "", name + #"\MICROSOFT##WID"#),
            ("NLBVIP", 0, "", ""),
            ("WSUSIISPort", 8530, "", ""),
            ("WSUSIISSSLPort", 8531, "", ""),
            ("SSLWSUS", 0, "", ""),
            ("UseParentWSUS", 0, "", ""),
            ("WSUSAccessAccount", 0, "", ""),
            ("AllowProxyTraffic", 0, "", ""),
            ("PublicVIP", 0, "", ""),
        ]
    }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

/// The lines of the document, with the numbers PowerShell gives objects and lists of type names.
private struct CLIXMLBuilder {
    var bytes: [UInt8] = []
    private var nextObject = 0
    private var typeLists: [String: Int] = [:]

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func line(_ depth: Int, _ text: String) {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
        append(text)
        append("\r\n")
    }

    mutating func item(_ role: String, of server: GeneratedServer, properties: [GeneratedServer.Property]) {
        beginObject(1, name: nil)
        types(2, "IResultObject#SMS_SCI_SysResUse", Self.resultTypes)
        line(2, "<Props>")
        let itemName = server.path + "," + role
        text(3, "SmsProviderObjectPath", Self.objectPath(itemName, site: server.site))
        line(3, #"<U32 N="FileType">2</U32>"#)
        text(3, "ItemName", itemName)
        text(3, "ItemType", "System Resource Usage")
        text(3, "NALPath", server.path)
        text(3, "NALType", "Windows NT Server")
        text(3, "NetworkOSPath", #"\\"# + server.name)
        line(3, #"<Nil N="PropLists" />"#)
        self.properties(properties)
        line(3, #"<U32 N="RoleCount">1</U32>"#)
        text(3, "RoleName", role)
        line(3, #"<Nil N="ServiceWindows" />"#)
        text(3, "SiteCode", server.site)
        line(3, #"<U32 N="SslState">2</U32>"#)
        line(3, #"<U32 N="Type">8</U32>"#)
        line(2, "</Props>")
        line(2, "<MS>")
        text(3, "PSComputerName", "CM01.corp.contoso.com")
        line(3, #"<B N="PSShowComputerName">false</B>"#)
        line(2, "</MS>")
        line(1, "</Obj>")
    }

    private static let resultTypes = [
        "Microsoft.ConfigurationManagement.ManagementProvider.WqlQueryEngine.WqlResultObject",
        "Microsoft.ConfigurationManagement.ManagementProvider.WqlQueryEngine.WqlResultObjectBase", "System.Object",
    ]

    private static func objectPath(_ itemName: String, site: String) -> String {
        var escaped: [UInt8] = []
        for byte in itemName.utf8 {
            if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") { escaped.append(UInt8(ascii: "\\")) }
            escaped.append(byte)
        }
        return #"SMS_SCI_SysResUse.FileType=2,ItemName=""# + String(decoding: escaped, as: UTF8.self)
            + #"",ItemType="System Resource Usage",SiteCode=""# + site + #"""#
    }

    private mutating func properties(_ properties: [GeneratedServer.Property]) {
        beginObject(3, name: "Props")
        types(4, "System.Object[]", ["System.Array", "System.Object"])
        line(4, "<LST>")
        for property in properties { self.property(property) }
        line(4, "</LST>")
        line(3, "</Obj>")
    }

    private mutating func property(_ property: GeneratedServer.Property) {
        beginObject(5, name: nil)
        types(6, "IResultObject#SMS_EmbeddedProperty", Self.resultTypes)
        line(6, "<Props>")
        text(7, "SmsProviderObjectPath", "SMS_EmbeddedProperty")
        text(7, "ItemType", "")
        text(7, "PropertyName", property.name)
        line(7, "<U32 N=\"Value\">\(property.value)</U32>")
        text(7, "Value1", property.value1)
        text(7, "Value2", property.value2)
        line(6, "</Props>")
        line(5, "</Obj>")
    }

    private mutating func text(_ depth: Int, _ name: String, _ value: String) {
        line(depth, "<S N=\"" + name + "\">" + value + "</S>")
    }

    private mutating func beginObject(_ depth: Int, name: String?) {
        line(depth, "<Obj " + (name.map { "N=\"\($0)\" " } ?? "") + "RefId=\"\(nextObject)\">")
        nextObject += 1
    }

    /// The first time all names, after that a reference.
    private mutating func types(_ depth: Int, _ first: String, _ others: [String]) {
        if let number = typeLists[first] { return line(depth, "<TNRef RefId=\"\(number)\" />") }
        let number = typeLists.count
        typeLists[first] = number
        line(depth, "<TN RefId=\"\(number)\">")
        for name in [first] + others { line(depth + 1, "<T>" + name + "</T>") }
        line(depth, "</TN>")
    }
}
