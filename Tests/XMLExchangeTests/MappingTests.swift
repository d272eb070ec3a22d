import Domain
import Testing
import XMLExchange

@Suite("What items become")
struct MappingTests {
    private func item(_ role: String = "SMS Site System", _ properties: [(String, String)]) -> Reading {
        Reading(Sample.objs(Sample.item(role, properties: properties)))
    }

    @Test("A proxy: 1 and 0 become flags, credentials are the other way round, and other numbers stay")
    func proxy() throws {
        let on = item(
            "SMS Site System",
            [
                ("UseProxy", Sample.value("1")),
                ("ProxyName", Sample.value1("REG_SZ") + Sample.value2("proxy.contoso.com")),
                ("ProxyServerPort", "<S N=\"Value\">8080</S>"), ("AnonymousProxyAccess", "<I32 N=\"Value\">0</I32>"),
                ("ProxyUserName", Sample.value2("CONTOSO\\svc")),
            ])
        let draft = try #require(on.servers.first?.proxy)
        #expect(
            draft.entries.map { "\($0.field.name)=\($0.sent.text)" } == [
                "use=true", "server=proxy.contoso.com", "port=8080", "useCredentials=true", "account=CONTOSO\\svc",
            ])
        #expect(on.servers.first?.general == nil)
        let off = item(
            "SMS Site System", [("UseProxy", Sample.value("0")), ("AnonymousProxyAccess", Sample.value("1"))])
        #expect(off.servers.first?.proxy?.entries.map(\.sent.text) == ["false", "false"])
        let odd = item(
            "SMS Site System", [("UseProxy", Sample.value("2")), ("AnonymousProxyAccess", Sample.value("7"))])
        #expect(odd.servers.first?.proxy?[.proxyUse]?.text == "2")
        #expect(odd.servers.first?.proxy?[.proxyUseCredentials]?.text == "7")
        #expect(item("SMS Site System", [("ProxyName", Sample.value2("x"))]).servers.first?.proxy == nil)
    }

    @Test("A text that is null is blank; a number that is null was not told")
    func nulls() {
        let reading = item(
            "SMS Site System",
            [
                ("UseProxy", Sample.value("1")), ("ProxyName", "<Nil N=\"Value2\"/>"),
                ("ProxyServerPort", "<Nil N=\"Value\"/>"),
            ])
        #expect(reading.servers.first?.proxy?[.proxyServer]?.text == "")
        #expect(reading.servers.first?.proxy?[.proxyPort] == nil)
    }

    @Test("The installation account counts unless the computer's own is used")
    func installationAccount() {
        func account(_ machine: String?) -> String? {
            let user = ("UserName", Sample.value2("CONTOSO\\svc"))
            let flag = machine.map { [("UseMachineAccount", Sample.value($0))] } ?? []
            return item("SMS Site System", flag + [user]).servers.first?.general?[.generalInstallationAccount]?.text
        }
        #expect(account("1") == "")
        #expect(account("0") == "CONTOSO\\svc")
        #expect(account(nil) == "CONTOSO\\svc")
    }

    @Test(
        "Two flags are one choice of client connections",
        arguments: [
            ("1", "0", "intranet"), ("0", "1", "internet"), ("1", "1", "both"), ("0", "0", "none"), ("0", "5", "5"),
        ])
    func clientConnections(_ intranet: String, _ internet: String, _ choice: String) {
        let reading = item(
            "SMS Software Update Point", [("IsIntranet", Sample.value(intranet)), ("IsINF", Sample.value(internet))])
        #expect(reading.roles.first?.details[.supClientConnections]?.text == choice)
    }

    @Test("The service connection point's mode, and roles without details")
    func roles() {
        let dmp = item("SMS Dmp Connector", [("OfflineMode", Sample.value("1"))])
        #expect(dmp.roles.first?.details[.scpMode]?.text == "offline")
        let other = item("Some New Role", [("UseProxy", Sample.value("1"))])
        #expect(other.roles.first?.role.text == "Some New Role")
        #expect(other.roles.first?.details.isEmpty == true)
    }

    @Test("Roles alone say nothing of the proxy")
    func rolesOnly() {
        let system = Reading(
            Sample.objs(Sample.item(type: "Selected.IResultObject#SMS_SCI_SysResUse", properties: nil)))
        #expect(system.servers.count == 1)
        #expect(system.servers.first?.general == nil && system.servers.first?.proxy == nil)
        let point = Reading(Sample.objs(Sample.item("SMS Software Update Point", properties: nil)))
        #expect(point.roles.first?.details.isEmpty == true)
    }

    @Test("A site server tells its site's type, and its proxy when it has one")
    func siteServer() {
        let type = "<U32 N=\"Type\">2</U32>"
        let plain = Reading(Sample.objs(Sample.item("SMS Site Server", members: type)))
        #expect(plain.sites.first?.isInferred == true)
        #expect(plain.sites.first?.fields[.siteType]?.text == "primary")
        #expect(plain.sites.first?.fields[.siteServer]?.text == "cm01.corp.contoso.com")
        #expect(plain.servers.isEmpty && plain.roles.count == 1)
        let proxy = [("UseProxy", Sample.value("1")), ("ProxyName", Sample.value2("proxy.contoso.com"))]
        let with = item("SMS Site Server", proxy)
        #expect(with.servers.first?.source == .siteServer)
        #expect(with.servers.first?.proxy?[.proxyServer]?.text == "proxy.contoso.com")
    }

    @Test("The server's name comes from the path, else from NALPath, else from the properties")
    func serverName() {
        let nal = "<S N=\"NALPath\">[\"Display=\\\\A\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\cm02.contoso.com\\</S>"
        let remote = [("Server Remote Name", Sample.value1("cm03.contoso.com"))]
        func name(_ item: String) -> String? { Reading(Sample.objs(item)).servers.first?.name.text }
        #expect(name(Sample.item(server: nil, members: nal, properties: remote)) == "cm02.contoso.com")
        #expect(name(Sample.item(server: nil, properties: remote)) == "cm03.contoso.com")
        #expect(name(Sample.item(server: "\\odd")) == "\\odd")
        #expect(Reading(Sample.objs(Sample.item(server: nil))).codes == [.importServerMissing])
        #expect(Reading(Sample.objs(Sample.item(server: ""))).codes == [.importServerMissing])
        let bare = Sample.item(server: nil, members: "<S N=\"NetworkOSPath\">cm04</S>")
        #expect(Reading(Sample.objs(bare)).codes == [.importPathMalformed])
    }

    @Test("A path of another site is a warning, and tells the site where no code does")
    func pathMismatch() {
        let nal = "<S N=\"NALPath\">[\"Display=\\\\A\\\"]MSWNET:[\"SMS_SITE=PS2\"]\\\\A\\</S>"
        let reading = Reading(Sample.objs(Sample.item(members: nal)))
        #expect(reading.codes == [.importPathMismatch])
        #expect(reading.findings.first?.severity == .warning)
        #expect(Reading(Sample.objs(Sample.item(site: nil, members: nal))).servers.first?.site?.text == "PS2")
        #expect(Reading(Sample.objs(Sample.item(site: nil))).servers.first?.site == nil)
    }

    @Test("A distribution point in Azure belongs to its site, once")
    func cloud() {
        let azure = "<S N=\"NALType\">Windows Azure</S>"
        let items =
            Sample.item("SMS Site System", server: "dp.cloudapp.net", members: azure)
            + Sample.item("SMS Distribution Point", server: "DP.cloudapp.net", members: azure)
        let reading = Reading(Sample.objs(items))
        #expect(reading.log == [Reading.describe(reading.records[0])])
        #expect(Reading.describe(reading.records[0], places: false) == "cloud \"dp.cloudapp.net\" \"PS1\"")
    }

    @Test("A property twice with different values, or in another case, takes its group away")
    func twice() {
        let name = ("ProxyName", Sample.value2("a.contoso.com"))
        let use = ("UseProxy", Sample.value("1"))
        #expect(item("SMS Site System", [use, name, name]).findings.isEmpty)
        let twice = item(
            "SMS Site System",
            [use, name, ("ProxyName", Sample.value2("b.contoso.com")), ("ForestFQDN", Sample.value1("c"))])
        #expect(twice.codes == [.valueTwice])
        #expect(twice.findings.first?.field == .proxyServer && twice.findings.first?.key == "cm01.corp.contoso.com")
        #expect(twice.servers.first?.proxy == nil && twice.servers.first?.general != nil)
        let cased = item("SMS Site System", [use, ("proxyname", Sample.value2("a"))])
        #expect(cased.codes == [.valueCase] && cased.servers.first?.proxy == nil)
        let unread = item(
            "SMS Software Update Point", [("UserName", Sample.value2("a")), ("UserName", Sample.value2("b"))])
        #expect(unread.findings.isEmpty)
        let role = Reading(Sample.objs(Sample.item(members: "<S N=\"RoleName\">Other</S>")))
        #expect(role.codes == [.valueTwice] && role.records.isEmpty)
    }

    @Test("References and objects where a value belongs are errors")
    func references() {
        #expect(item("SMS Site System", [("UseProxy", "<Ref N=\"Value\" RefId=\"1\"/>")]).codes == [.importReference])
        let props = Sample.item(members: "<Ref N=\"Props\" RefId=\"1\"/>", properties: nil)
        #expect(Reading(Sample.objs(props)).codes == [.importReference])
        let site = Sample.item(site: nil, members: "<Ref N=\"SiteCode\" RefId=\"1\"/>")
        #expect(Reading(Sample.objs(site)).codes == [.importReference])
        let object = Sample.item(site: nil, members: "<Obj N=\"SiteCode\" RefId=\"1\"/>")
        #expect(Reading(Sample.objs(object)).codes == [.xmlElement])
        #expect(item("SMS Site System", [("UseProxy", "<Obj N=\"Value\" RefId=\"1\"/>")]).codes == [.xmlElement])
        #expect(item("SMS Site System", [("UseProxy", "<U32 N=\"Value\"><B>1</B></U32>")]).codes == [.xmlElement])
    }

    @Test("Secrets are counted, and appear in no event")
    func secrets() {
        let canary = "c4n4ry-5ecret"
        let members =
            "<S N=\"PXEPassword\">\(canary)</S><SS N=\"x\">\(canary)</SS><S N=\"sharedSECRET\">\(canary)</S>"
            + "<S N=\"DomainPwd\">\(canary)</S><S N=\"ConnectionString\">\(canary)</S>"
        let item = Sample.item(
            members: members,
            properties: [
                ("PXEPassword", Sample.value2(canary)), ("UserName", "<SS N=\"Value2\">\(canary)</SS>"),
                ("Other", Sample.value1(canary)),
            ])
        let reading = Reading(Sample.objs(item))
        #expect(reading.codes == [.importProtectedValues])
        #expect(reading.findings.first?.message.contains("protected values (6)") == true)
        for broken in [
            Sample.objs(item), String(Sample.objs(item).dropLast(20)), Sample.objs(item + "<\(canary)"),
            Sample.objs("<a b=\"\(canary)\" b=\"\(canary)\"/>"), Sample.objs("<S>&\(canary);</S>"),
        ] {
            #expect(!Reading(broken).log.joined().contains(canary))
        }
    }
}
