import TestSupport

/// A small hierarchy with every kind of answer, as our own XML brings it in.
enum FlowHierarchy {
    static let server = "CM01.corp.contoso.com"
    /// Of a site whose software update point is another computer.
    static let siteServer = "cm-ps1.corp.contoso.com"
    static let bare = "CM03.corp.contoso.com"

    static let xml = """
        <configuration xmlns="urn:proxydesk:configuration:1">
          <site code="PS1" type="primary" siteServer="cm-ps1.corp.contoso.com" version="5.00.9128.1000">
            <cloudDistributionPoint name="cdp01.contoso.com"/>
            <exchangeConnector server="exc01.contoso.com"/>
          </site>
          <siteSystemServer name="CM01.corp.contoso.com" site="PS1">
            <proxy use="true" server="proxy01.contoso.com" port="8080" account="CONTOSO\\svc-proxy"/>
            <role name="SMS Dmp Connector"><serviceConnectionPoint mode="online"/></role>
            <role name="SMS Software Update Point">
              <softwareUpdatePoint useProxyForSynchronization="true" useProxyForADR="true" httpPort="8530" httpsPort="8531"
                requireSSL="false" clientConnections="intranet" allowCMGTraffic="false" wsusAccount=""/>
            </role>
          </siteSystemServer>
          <siteSystemServer name="CM03.corp.contoso.com" site="PS1"><proxy use="false"/></siteSystemServer>
          <siteSystemServer name="cm-ps1.corp.contoso.com" site="PS1"><proxy use="false"/></siteSystemServer>
        </configuration>
        """
}

/// Runs a portal over a real file that holds the hierarchy.
func withFlows(_ body: @escaping @Sendable (ImportPortal) async throws -> Void) async throws {
    try await withImportPortal { portal in
        let reply = try await portal.upload([("hierarchy.xml", FlowHierarchy.xml)])
        guard let preview = reply.location else { throw NoPreview(reply: reply.body) }
        let saved = try await portal.decide(preview)
        guard saved.status == 303, try portal.server(FlowHierarchy.server) != nil else {
            throw NoPreview(reply: saved.body)
        }
        try await body(portal)
    }
}

extension Markup {
    /// The page's part from one text to the next place of another; nil where there is none.
    func part(from start: String, to end: String) -> Markup? {
        guard let begin = text.firstRange(of: start)?.lowerBound,
            let stop = text[begin...].firstRange(of: end)?.lowerBound
        else { return nil }
        return Markup(String(text[begin..<stop]))
    }
}
