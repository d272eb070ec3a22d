/// One server of the generated hierarchy.
struct GeneratedServer {
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

extension GeneratedServer {
    private static let backslash = UInt8(ascii: "\\")

    /// The name of a role's item.
    func itemName(_ role: String) -> String { path + "," + role }

    /// WMI's path of a role's item, without the computer.
    func objectPath(_ role: String) -> String {
        var escaped: [UInt8] = []
        for byte in itemName(role).utf8 {
            if byte == Self.backslash || byte == UInt8(ascii: "\"") { escaped.append(Self.backslash) }
            escaped.append(byte)
        }
        return #"SMS_SCI_SysResUse.FileType=2,ItemName=""# + String(decoding: escaped, as: UTF8.self)
            + #"",ItemType="System Resource Usage",SiteCode=""# + site + #"""#
    }
}
