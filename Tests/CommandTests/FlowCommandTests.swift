import Foundation
import TestSupport
import Testing

@Suite("Traffic flows on the command line")
struct FlowCommandTests {
    private static let xml = """
        <configuration xmlns="urn:proxydesk:configuration:1">
          <site code="PS1" type="primary" siteServer="CM02.corp.contoso.com" version="5.00.9128.1000"/>
          <softwareUpdatePointComponent site="PS1" synchronizationSource="microsoftUpdate" defaultServer="CM01.corp.contoso.com"/>
          <siteSystemServer name="CM01.corp.contoso.com" site="PS1">
            <proxy use="true" server="proxy01.contoso.com" port="8080" account="CONTOSO\\svc-proxy"/>
            <role name="SMS Software Update Point">
              <softwareUpdatePoint useProxyForSynchronization="true" useProxyForADR="true" httpPort="8530" httpsPort="8531"
                requireSSL="false" clientConnections="intranet" allowCMGTraffic="false" wsusAccount=""/>
            </role>
          </siteSystemServer>
          <siteSystemServer name="CM02.corp.contoso.com" site="PS1"><proxy use="false"/></siteSystemServer>
        </configuration>
        """

    private func withHierarchy(_ body: (String) throws -> Void) throws {
        try withDataFolder { data in
            let file = data + "-hierarchy.xml"
            try Self.xml.write(toFile: file, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(atPath: file) }
            let run = try ProgramRun.proxydesk("import", file, "--data", data)
            #expect(run.exitCode == 0, "\(run.text)\(run.errors)")
            try body(data)
        }
    }

    private static let synchronization =
        #"{"flow":"software-update-synchronization","role":"SMS Software Update Point","from":"CM01.corp.contoso.com","#
        + #""route":"proxy","proxy":"proxy01.contoso.com:8080","identity":"CONTOSO\\svc-proxy","#
        + #""because":["sup.sync.default-told","sup.sync.microsoft-update","sup.sync.opted-in","proxy.account"]}"#

    private static let download =
        #"{"flow":"adr-content-download","role":"SMS Software Update Point","from":"CM02.corp.contoso.com","#
        + #""route":"unknown","proxy":null,"identity":null,"#
        + #""because":["sup.adr.site-server","sup.adr.opted-in","sup.adr.proxies-differ"],"#
        + #""either":[{"when":"sup.adr.point-proxy","route":"proxy","proxy":"proxy01.contoso.com:8080","identity":"CONTOSO\\svc-proxy"},"#
        + #"{"when":"sup.adr.site-server-proxy","route":"direct","proxy":null,"identity":"system"}]}"#

    @Test("show and export print a server's flows alike, in their fixed form")
    func json() throws {
        try withHierarchy { data in
            let shown = try ProgramRun.proxydesk("show", "cm01.corp.contoso.com", "--data", data, "--format", "json")
                .text
            #expect(shown.contains("\"flows\":[\(Self.synchronization),\(Self.download),{"), "\(shown)")
            let line = shown.trimmingCharacters(in: .newlines)
            for selection in [[], ["--site", "PS1"], ["--server", "cm01.corp.contoso.com"]] {
                let run = try ProgramRun.run(
                    Checkout.build + "proxydesk", ["export", "--format", "json", "--data", data] + selection)
                #expect(run.text.contains(line), "\(selection)")
            }
            let all = try ProgramRun.proxydesk("export", "--format", "json", "--data", data).json()
            let servers = try #require(all["servers"] as? [[String: Any]])
            #expect(servers.map { ($0["flows"] as? [Any])?.count } == [3, 0])
        }
    }

    @Test("show prints one line a flow: the route, who connects from where, and why")
    func text() throws {
        try withHierarchy { data in
            let lines = try ProgramRun.proxydesk("show", "cm01.corp.contoso.com", "--data", data).text
                .components(separatedBy: "\n")
            let start = try #require(lines.firstIndex(of: "Traffic flows"))
            #expect(
                lines[start + 1]
                    == #"  Software update synchronization: proxy proxy01.contoso.com:8080 as CONTOSO\svc-proxy (sup.sync.default-told, sup.sync.microsoft-update, sup.sync.opted-in, proxy.account)"#
            )
            #expect(
                lines[start + 2].hasPrefix(
                    "  Content download of automatic deployment rules: unknown from CM02.corp.contoso.com"))
            #expect(
                lines[start + 2].hasSuffix(
                    #"; proxy proxy01.contoso.com:8080 as CONTOSO\svc-proxy if sup.adr.point-proxy, or direct as system if sup.adr.site-server-proxy)"#
                ))
            let none = try ProgramRun.proxydesk("show", "cm02.corp.contoso.com", "--data", data).text
            #expect(!none.contains("Traffic flows"))
        }
    }
}
