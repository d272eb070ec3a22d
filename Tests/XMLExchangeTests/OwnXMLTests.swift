import Domain
import Testing
import XMLExchange

@Suite("Our own XML")
struct OwnXMLTests {
    static let whole = """
          <site code="PS1" name="Contoso &amp; &#34;sons&#34;" type="primary" parent="CAS" siteServer="cm.contoso.com" version="5.00">
            <cloudDistributionPoint name="dp1.cloudapp.net"/>
            <cloudDistributionPoint name="dp2.cloudapp.net"/>
            <exchangeConnector server="ex1.contoso.com"/>
          </site>
          <siteSystemServer name="CM01.corp.contoso.com" site="PS1">
            <general internetFQDN="" siteServerInitiatesConnections="false" installationAccount="" forest="contoso.com" domain="corp.contoso.com"/>
            <proxy use="true" server="proxy01.contoso.com" port="8080" account="CONTOSO\\svc-proxy"/>
            <role name="SMS Distribution Point"><distributionPoint connectedCache="true"/></role>
            <role name="SMS Dmp Connector"><serviceConnectionPoint mode="online"/></role>
            <role name="SMS Management Point"/>
            <role name="SMS Software Update Point">
              <softwareUpdatePoint useProxyForSynchronization="true" useProxyForADR="false" httpPort="8530" httpsPort="8531"
                                   requireSSL="false" clientConnections="intranet" allowCMGTraffic="false" wsusAccount=""/>
            </role>
          </siteSystemServer>
        """

    static func server(_ content: String) -> String {
        "<siteSystemServer name=\"a.b.c\" site=\"PS1\">\(content)</siteSystemServer>"
    }

    @Test("Every part is read, in any order")
    func everything() {
        let reading = Reading(Sample.configuration(Self.whole))
        #expect(reading.findings.isEmpty)
        #expect(reading.summary.format == .proxydesk && reading.summary.records == 2)
        let site = reading.sites.first?.fields
        #expect(site?[.siteName]?.text == "Contoso & \"sons\"")
        #expect(site?[.siteCloudDistributionPoints]?.text == "dp1.cloudapp.net\ndp2.cloudapp.net")
        #expect(site?[.siteExchangeConnectors]?.text == "ex1.contoso.com")
        let server = reading.servers.first
        #expect(server?.general?.entries.count == 5 && server?.general?[.generalInternetFQDN]?.text == "")
        #expect(server?.proxy?[.proxyUseCredentials]?.text == "true")
        #expect(reading.roles.map { $0.details.entries.count } == [1, 1, 0, 8])
        let turned = "<proxy use=\"1\"/><role name=\"x\"/><general/>"
        #expect(Reading(Sample.configuration(Self.server(turned))).records.count == 2)
    }

    @Test("An attribute that is left out is not told; a proxy that is off tells nothing else")
    func absent() {
        func proxy(_ attributes: String) -> [String]? {
            Reading(Sample.configuration(Self.server("<proxy \(attributes)/>"))).servers.first?.proxy?.entries.map {
                "\($0.field.name)=\($0.sent.text)"
            }
        }
        #expect(proxy("use=\"false\" server=\"x\" account=\"\"") == ["use=false"])
        #expect(
            proxy("use=\"true\" server=\"x\" account=\"\"") == [
                "use=true", "server=x", "account=", "useCredentials=false",
            ])
        #expect(proxy("use=\"true\" server=\"x\"") == ["use=true", "server=x"])
        let server = Reading(Sample.configuration(Self.server(""))).servers.first
        #expect(server?.general == nil && server?.proxy == nil)
    }

    /// Content of a configuration that has one thing wrong, and what is found.
    static let flawed: [(String, FindingCode)] = [
        ("<bananas/>", .xmlElement), ("<general/>", .xmlElement), (server("<site code=\"PS1\"/>"), .xmlElement),
        (server("<general/><general/>"), .xmlElement),
        (server("<proxy use=\"true\"/><proxy use=\"true\"/>"), .xmlElement),
        (server("<bananas><general/></bananas>"), .xmlElement),
        (server("<general xmlns=\"urn:other\"/>"), .xmlElement),
        (server("<role name=\"x\"><general/></role>"), .xmlElement),
        ("<site code=\"PS1\" colour=\"red\"/>", .xmlAttribute), ("<site/>", .xmlAttribute),
        (server("<role/>"), .xmlAttribute), (server("<proxy server=\"x\"/>"), .xmlAttribute),
        (server("<proxy use=\"true\" useCredentials=\"true\"/>"), .xmlAttribute),
        ("<siteSystemServer name=\"x\"/>", .xmlAttribute), ("<siteSystemServer site=\"PS1\"/>", .xmlAttribute),
        ("<site code=\"PS1\"><cloudDistributionPoint/></site>", .xmlAttribute),
        ("<site code=\"PS1\"><clientPorts/><clientPorts/></site>", .xmlElement), ("<clientPorts/>", .xmlElement),
        ("<site code=\"PS1\"><clientProxies/><clientProxies/></site>", .xmlElement),
        ("<site code=\"PS1\"><clientProxies password=\"x\"/></site>", .xmlAttribute),
        ("<site code=\"PS1\"><clientPorts port=\"80\"/></site>", .xmlAttribute),
        (server("words"), .xmlText), ("words<site code=\"PS1\"/>", .xmlText), ("<site code=\"PS1\"/>words", .xmlText),
    ]

    @Test("What does not belong is an error with its line", arguments: flawed.indices)
    func broken(_ index: Int) throws {
        let (content, code) = Self.flawed[index]
        let reading = Reading(Sample.configuration("\n" + content + "\n<site code=\"PS2\"/>"))
        #expect(reading.codes == [code], "\(reading.log)")
        let finding = try #require(reading.findings.first)
        #expect(finding.severity == .error)
        #expect(finding.place.line != nil)
        #expect(reading.isRefused == false)
        #expect(reading.sites.contains { $0.fields[.siteCode]?.text == "PS2" })
    }

    @Test("Details under a role that has none of the kind are an error")
    func detailsOfAnotherRole() {
        let role = "<role name=\"SMS Management Point\"><serviceConnectionPoint mode=\"online\"/></role>"
        let reading = Reading(Sample.configuration(Self.server(role)))
        #expect(reading.codes == [.xmlElement])
        #expect(reading.roles.first?.details.isEmpty == true)
    }

    @Test("A line break in a name of a list is an error")
    func lineBreak() {
        let site = "<site code=\"PS1\"><cloudDistributionPoint name=\"a&#10;b\"/></site>"
        #expect(Reading(Sample.configuration(site)).codes == [.xmlAttribute])
    }

    @Test("A released file of version 1 reads without a finding")
    func released() {
        let reading = Reading(Fixture.bytes("configuration-1.xml"))
        #expect(reading.findings.isEmpty)
        #expect(reading.sites.count == 2 && reading.servers.count == 3 && reading.roles.count == 5)
    }
}
