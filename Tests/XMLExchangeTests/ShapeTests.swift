import Domain
import Foundation
import Testing
import XMLExchange

@Suite("Exports of site systems")
struct ShapeTests {
    @Test("A whole site reads to what it is known to have")
    func wholeSite() throws {
        let reading = Reading(Fixture.bytes("whole-site.xml"))
        #expect(reading.findings.isEmpty)
        #expect(reading.summary.format == .clixml)
        let truth = try JSONDecoder().decode(Truth.self, from: Data(Fixture.bytes("whole-site.truth.json")))
        #expect(try Truth(reading) == truth)
    }

    @Test("The cmdlets, WMI, CIM and Select-Object give the same records", arguments: ["wmi-3", "cim-3", "selected-3"])
    func sameRecords(_ shape: String) {
        let expected = Reading(Fixture.bytes("iresult-3.xml"))
        let reading = Reading(Fixture.bytes("\(shape).xml"))
        let texts = reading.records.map { Reading.describe($0, places: false) }
        #expect(texts == expected.records.map { Reading.describe($0, places: false) })
        #expect(reading.findings.isEmpty)
        #expect(reading.records.count == 4 && reading.summary.records == 4)
    }

    @Test("A value's place is the line and column of the element that carries it")
    func places() throws {
        let reading = Reading(Fixture.bytes("iresult-3.xml"))
        let server = try #require(reading.servers.first)
        let lines = Fixture.text("iresult-3.xml").replacing("\r\n", with: "\n").split(
            separator: "\n", omittingEmptySubsequences: false)
        for sent in [
            server.name, server.proxy?[.proxyServer], server.proxy?[.proxyPort], server.general?[.generalForest],
        ] {
            let sent = try #require(sent)
            let line = lines[try #require(sent.place.line) - 1]
            #expect(line.contains(">" + (sent.text == server.name.text ? "\\\\" : "") + sent.text + "<"))
            #expect(line.prefix { $0 == " " }.count + 1 == sent.place.column)
        }
        #expect(server.place.line == 2 && server.place.column == 3 && server.place.file == "site.xml")
    }

    @Test("An export with too little depth is refused with the command to run again")
    func shallow() throws {
        let refusal = try #require(Reading(Fixture.bytes("iresult-3-shallow.xml")).refusal)
        #expect(refusal.code == .importDepth)
        #expect(refusal.message.contains("| Export-Clixml -Depth 3"))
        #expect(refusal.place.line == 25)
        let bare = Sample.item(members: "<S N=\"Props\">System.Object[]</S>", properties: nil)
        #expect(Reading(Sample.objs(bare)).refusal?.code == .importDepth)
    }

    @Test("Items may be in Props or MS, in a list in one object, after other streams")
    func wrappings() {
        let item = Sample.item(properties: [("UseProxy", Sample.value("0"))])
        let expected = Reading(Sample.objs(item)).records.map { Reading.describe($0, places: false) }
        #expect(expected.count == 1)
        let list = "<Obj RefId=\"9\"><TN RefId=\"7\"><T>System.Object[]</T></TN>"
        let variants = [
            item.replacing("Props>", with: "MS>"), list + "<LST>" + item + "</LST></Obj>",
            list + "<IE>" + item + "</IE></Obj>",
            "<Obj S=\"progress\" RefId=\"5\"><MS><S N=\"SiteCode\">XXX</S></MS></Obj>" + item,
            "<S S=\"Error\">Get-CMSiteRole : no_x000D__x000A_</S>" + item + "<S S=\"verbose\">done</S>",
            item.replacing("</TN><Props>", with: "</TN><MS><S N=\"PSComputerName\">x</S></MS><Props>"),
            item.replacing("</TN><Props>", with: "</TN><IE><Ref RefId=\"0\"/></IE><Props>"),
            "<!-- a comment with <Obj> in it --> " + item,
            item.replacing("PS1", with: "<![CDATA[PS1]]>"),
        ]
        for variant in variants {
            let reading = Reading(Sample.objs(variant))
            #expect(reading.records.map { Reading.describe($0, places: false) } == expected)
            #expect(reading.findings.isEmpty)
        }
    }

    @Test("Type names are remembered wherever they first stand")
    func typeReferences() {
        let first =
            "<Obj RefId=\"0\"><TN RefId=\"0\"><T>Other.Thing</T></TN><Props><Obj N=\"X\" RefId=\"1\"><TN RefId=\"5\">"
            + "<T>IResultObject#SMS_SCI_SysResUse</T></TN></Obj></Props></Obj>"
        let item = Sample.item().replacing(
            "<TN RefId=\"0\"><T>IResultObject#SMS_SCI_SysResUse</T><T>System.Object</T></TN>",
            with: "<TNRef RefId=\"5\"/>")
        let reading = Reading(Sample.objs(first + item))
        #expect(reading.servers.count == 1)
        #expect(reading.codes == [.importClassesPassedOver])
    }

    @Test("Objects of other classes beside site systems are passed over with one notice each")
    func passedOver() {
        let other = "<Obj RefId=\"8\"><TN RefId=\"8\"><T>Win32_Thing</T></TN><Props><S N=\"A\">b</S></Props></Obj>"
        let component = Sample.item(type: "IResultObject#SMS_SCI_Component")
        let reading = Reading(Sample.objs(other + Sample.item() + other + component + component))
        #expect(reading.records.count == 1)
        #expect(reading.codes == [.importComponentsPassedOver, .importClassesPassedOver])
        #expect(reading.findings.allSatisfy { $0.severity == .notice })
        #expect(reading.findings[1].message.contains("Objects of class Win32_Thing were passed over (2)"))
        #expect(reading.summary.records == 3)
    }
}

/// The truth about a site, as its file holds it.
private struct Truth: Decodable, Equatable {
    var sites: [SiteTruth]
    var servers: [ServerTruth]

    struct SiteTruth: Decodable, Equatable {
        let code: String
        let name, type, parent, siteServer: String?
    }
    struct ProxyTruth: Decodable, Equatable {
        let server: String
        let port: Int
        let account: String?
    }
    struct GeneralTruth: Decodable, Equatable {
        let internetFQDN: String?
        let siteServerInitiatesConnections: Bool
        let installationAccount, forest, domain: String?
    }
    struct PointTruth: Decodable, Equatable {
        let useProxyForSynchronization, useProxyForADR: Bool
        let httpPort, httpsPort: Int
        let requireSSL: Bool
        let clientConnections: String
        let allowCMGTraffic: Bool
        let wsusAccount: String?
    }
    struct ServerTruth: Decodable, Equatable {
        let name, site: String
        var proxy: ProxyTruth?
        var roles: [String]
        var softwareUpdatePoint: PointTruth?
        let general: GeneralTruth?
    }
}

extension Truth {
    /// Checks the drafts of a reading, as an import does.
    init(_ reading: Reading) throws {
        var judge = Judge(.fileImport)
        sites = reading.sites.filter { !$0.isInferred }.compactMap { Site.check($0.fields, base: nil, &judge) }.map(
            SiteTruth.init)
        servers = reading.servers.map { ServerTruth($0, &judge) }
        for role in reading.roles {
            let index = try #require(servers.firstIndex { $0.name == role.server.text })
            let name = try #require(RoleName.check(role.role.text).value)
            servers[index].roles.append(name.text)
            let details = RoleDetails.check(role.details, of: name, base: nil, &judge)
            if let point = details?.softwareUpdatePoint { servers[index].softwareUpdatePoint = PointTruth(point) }
        }
        for index in servers.indices { servers[index].roles.sort() }
        #expect(judge.findings.filter { $0.severity == .error }.isEmpty)
    }
}

extension Truth.SiteTruth {
    init(_ site: Site) {
        self.init(
            code: site.code.text, name: site.name?.text, type: site.type?.rawValue, parent: site.parent?.text,
            siteServer: site.siteServer?.text)
    }
}

extension Truth.ServerTruth {
    init(_ draft: ServerDraft, _ judge: inout Judge) {
        let general = draft.general.flatMap { General.check($0, base: nil, &judge) }
        let proxy = draft.proxy.flatMap { Proxy.check($0, base: nil, &judge) }?.configuration
        self.init(
            name: draft.name.text, site: draft.site?.text ?? "",
            proxy: proxy.map {
                Truth.ProxyTruth(server: $0.server.text, port: $0.port.number, account: $0.account?.text)
            },
            roles: [],
            general: general.map {
                Truth.GeneralTruth(
                    internetFQDN: $0.internetFQDN?.text,
                    siteServerInitiatesConnections: $0.siteServerInitiatesConnections,
                    installationAccount: $0.installationAccount?.text, forest: $0.forest?.text, domain: $0.domain?.text)
            })
    }
}

extension Truth.PointTruth {
    init(_ point: SoftwareUpdatePoint) {
        self.init(
            useProxyForSynchronization: point.useProxyForSynchronization, useProxyForADR: point.useProxyForADR,
            httpPort: point.httpPort.number, httpsPort: point.httpsPort.number, requireSSL: point.requireSSL,
            clientConnections: point.clientConnections.rawValue, allowCMGTraffic: point.allowCMGTraffic,
            wsusAccount: point.wsusAccount?.text)
    }
}
