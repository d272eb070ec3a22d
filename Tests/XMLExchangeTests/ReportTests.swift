import Domain
import Testing
import XMLExchange

@Suite("Flattened reports")
struct ReportTests {
    static func report(_ columns: String, type: String = "System.Management.Automation.PSCustomObject") -> String {
        "<Obj RefId=\"0\"><TN RefId=\"0\"><T>\(type)</T></TN><MS>\(columns)</MS></Obj>"
    }

    private static let server = "<S N=\"ServerName\">cm01.contoso.com</S>"

    private func proxy(_ columns: String) throws -> String {
        let reading = Reading(Sample.objs(Self.report(Self.server + columns)))
        #expect(reading.findings.isEmpty)
        let draft = try #require(reading.servers.first).proxy
        return draft?.entries.map { "\($0.field.name)=\($0.sent.text)" }.joined(separator: " ") ?? "not told"
    }

    @Test("A flag may be a boolean, a word or a number")
    func flags() throws {
        let columns = [
            "<B N=\"UseProxy\">true</B><B N=\"AnonymousProxyAccess\">false</B>",
            "<S N=\"UseProxy\">True</S><S N=\"AnonymousProxyAccess\">False</S>",
            "<U32 N=\"UseProxy\">1</U32><U32 N=\"AnonymousProxyAccess\">0</U32>",
            "<B N=\"EnableProxy\">true</B><I32 N=\"AnonymousProxyAccess\">0</I32>",
        ]
        for columns in columns { #expect(try proxy(columns) == "use=true useCredentials=true") }
        #expect(try proxy("<B N=\"UseProxy\">false</B>") == "use=false")
        #expect(try proxy("<S N=\"UseProxy\">maybe</S>") == "use=maybe")
        #expect(try proxy("<Nil N=\"UseProxy\"/><S N=\"ProxyName\">p.contoso.com</S>") == "not told")
    }

    @Test("The words Not Configured are no account, and a null is none either")
    func notConfigured() throws {
        let on = "<B N=\"UseProxy\">true</B><S N=\"ProxyName\">p.contoso.com</S>"
        #expect(
            try proxy(on + "<S N=\"ProxyUserName\">Not Configured</S>") == "use=true server=p.contoso.com account=")
        #expect(try proxy(on + "<Nil N=\"ProxyUserName\"/>") == "use=true server=p.contoso.com account=")
        let null = "<Obj N=\"ProxyUserName\" RefId=\"4\"><TN RefId=\"3\"><T>System.DBNull</T></TN><ToString/></Obj>"
        #expect(try proxy(on + null) == "use=true server=p.contoso.com account=")
    }

    @Test("The parameters of Set-CMSiteSystemServer and of the DSC module are columns too")
    func otherNames() throws {
        let columns =
            "<S N=\"SiteSystemServer\">cm01.contoso.com</S><B N=\"EnableProxy\">true</B><S N=\"ProxyServerName\">p.contoso.com</S>"
            + "<U32 N=\"ProxyServerPort\">80</U32><S N=\"ProxyAccessAccount\">C\\a</S><S N=\"PublicFqdn\">x.contoso.com</S>"
        let server = try #require(Reading(Sample.objs(Self.report(columns))).servers.first)
        #expect(server.name.text == "cm01.contoso.com" && server.site == nil)
        #expect(server.proxy?.entries.map(\.sent.text) == ["true", "p.contoso.com", "80", "C\\a"])
        #expect(server.general?.entries.map(\.sent.text) == ["x.contoso.com"])
    }

    @Test("A report tells General only where it has columns for it, and the account UserName is nobody's")
    func general() throws {
        let columns = Self.server + "<U32 N=\"FDMOperation\">1</U32><S N=\"UserName\">CONTOSO\\x</S>"
        let server = try #require(Reading(Sample.objs(Self.report(columns))).servers.first)
        #expect(server.proxy == nil)
        #expect(server.general?.entries.map { $0.field } == [.generalSiteServerInitiatesConnections])
    }

    @Test("A column in another case is an error, so that it is not lost unseen")
    func otherCase() throws {
        let columns = Self.server + "<B N=\"UseProxy\">true</B><S N=\"proxyname\">p.contoso.com</S>"
        let reading = Reading(Sample.objs(Self.report(columns)))
        #expect(reading.codes == [.valueCase])
        #expect(reading.findings.first?.field == .proxyServer)
        #expect(reading.servers.map { $0.proxy == nil } == [true])
    }

    @Test("A report without a column for the server is an error")
    func noServer() {
        #expect(Reading(Sample.objs(Self.report("<B N=\"UseProxy\">true</B>"))).codes == [.importServerMissing])
    }

    @Test("Items that were selected with columns of their own tell them as properties")
    func selected() throws {
        let item = Sample.item(
            type: "Selected.IResultObject#SMS_SCI_SysResUse", members: "<B N=\"UseProxy\">false</B>", properties: nil)
        #expect(Reading(Sample.objs(item)).servers.first?.proxy?[.proxyUse]?.text == "false")
    }

    @Test("Objects of scripts about other things are passed over, whatever columns they share")
    func others() {
        let columns = "<S N=\"ServerName\">sql01</S><S N=\"UserName\">sa</S><S N=\"siteCode\">x</S>"
        #expect(Reading(Sample.objs(Self.report(columns))).refusal?.code == .importOtherFile)
    }
}
