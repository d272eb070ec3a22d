import Domain
import Manual
import Pages
import Testing

@Suite("Addresses")
struct RouteTests {
    static let names = [
        "CM01.corp.contoso.com", "new", "NEW", "a b", "ä/ö", "100%", "..", "x?y#z", "proxy", "a+b", "&=;",
    ]

    static let routes: [Route] =
        [
            .overview, .importing, .servers, .newServer, .sites, .newSite, .proxies, .replaceProxy, .flows,
            .proxy("proxy01.contoso.com:8080"), .proxy("[2001:db8::1]:80"), .proxy("ä/ö %:1"), .changes, .changeSet(1),
            .changeSet(987_654), .export, .manual, .manualAlphabet, .search, .manualPage("fields/proxy"),
            .manualPage("a"), .style, .diagnose,
            .healthLive, .healthReady, .loadSample, .removeSample, .wizards, .cancelWizard("abc2"), .script,
            .scriptFile, .requirements,
        ]
        + Route.RequirementsFile.allCases.map(Route.requirementsFile)
        + WizardStep.allCases.map { Route.wizard("abc2", $0) }
        + Route.ExportFormat.allCases.map(Route.exportFile)
        + names.flatMap { name in Route.ServerTab.allCases.map { Route.server(name, $0) } }
        + names.flatMap {
            [Route.site($0), .removeSite($0), .importScript($0), .sampleFile($0), .schema($0), .asset($0)]
        }

    private static let components: [Route] = names.flatMap { name in
        [Route.siteComponent(name, nil)] + ComponentPart.allCases.map { Route.siteComponent(name, $0) }
    }

    @Test(arguments: components)
    func everyTabOfAComponentIsReadAsItsAddress(route: Route) {
        #expect(Route(path: route.path) == route)
    }

    @Test(arguments: routes)
    func everyLinkIsReadAsTheAddressItWasMadeFrom(route: Route) {
        #expect(Route(path: route.path) == route)
    }

    @Test func whatTheManualMayLeadToIsThere() {
        for address in Manual.portalAddresses {
            #expect(Route(path: address)?.path == address && !address.hasPrefix("/manual"), "\(address)")
        }
    }

    @Test func noTwoAddressesAreTheSame() {
        #expect(Set(Self.routes.map(\.path)).count == Set(Self.routes).count)
    }

    @Test(arguments: [
        "", "servers", "//", "/servers/", "/servers//proxy", "/servers/a/general", "/servers/a/proxy/", "/servers/%",
        "/servers/%4", "/servers/%FF", "/servers/%00", "/changes/0", "/changes/-1", "/changes/+1", "/changes/007",
        "/changes/x", "/assets/../secret", "/assets/", "/manual/a%2Fb", "/manual//", "/export/x", "/health",
        "/sites/PS1/component/",
        "/sites/PS1/component/general", "/sites/PS1/component/products/x", "/Servers",
        "/changes/x", "/assets/../secret", "/assets/", "/manual/a%2Fb", "/manual//", "/export/x", "/health", "/Servers",
        "/wizards/", "/wizards/a", "/wizards/A/general", "/wizards/a/no-step", "/wizards/a/general/",
        "/proxies/", "/proxies/proxy01", "/proxies/a:1/b", "/requirements/", "/requirements/x.csv",
    ])
    func nothingElseIsRead(path: String) {
        #expect(Route(path: path) == nil)
    }

    @Test func theStateOfTheListStandsInItsAddress() {
        var address = ServerListAddress()
        address.text = "cm & 01"
        address.site = "PS1"
        address.role = "SMS Distribution Point"
        address.proxy = .server("fd00:0:0:0:0:0:0:1")
        address.isPending = true
        address.isStale = true
        address.severity = .warning
        address.sort = .proxy
        address.isDescending = true
        address.after = ServerListAddress.After(value: "proxy01=x", name: "CM01")
        address.page = 3
        #expect(ServerListAddress(pairs: Self.pairs(of: address.link)) == address)
        #expect(ServerListAddress().link == "/servers")
    }

    @Test func theStateOfTheListOfFlowsStandsInItsAddress() {
        var address = FlowListAddress()
        address.flow = .connectedCache
        address.text = "cm & 01"
        address.site = "PS1"
        address.identity = "CONTOSO\\svc proxy"
        address.route = .unknown
        address.proxy = "[fd00::1]:8080"
        address.after = FlowListAddress.After(server: "cm01", site: "PS1", flow: "connected-cache", from: "")
        address.page = 3
        let read = FlowListAddress(pairs: Self.pairs(of: address.link))
        #expect(FlowListAddress(pairs: Self.pairs(of: read.link)) == read)
        #expect(read.identity == address.identity && read.after == address.after && read.page == 3)
        #expect(FlowListAddress().link == "/flows")
        #expect(FlowListAddress(pairs: [("proxy", "Proxy01.CONTOSO.com:80")]).proxy == "proxy01.contoso.com:80")
        for pair in [("route", "both"), ("flow", "x"), ("after", "a,b"), ("colour", "red")] {
            #expect(FlowListAddress(pairs: [pair]).hasUnknownParts, "\(pair)")
        }
    }

    @Test func theUsersOfAProxyStandInTheAddressOfTheList() throws {
        let account = try #require(AccountName.check("CONTOSO\\svc proxy", label: "").value)
        for text in ["proxy01.contoso.com:8080", "[2001:db8::1]:80"] {
            let proxy = try #require(ProxyAddress(text))
            for identity in [nil, .system, .account(account)] as [ConnectionIdentity?] {
                let filter = ServerListAddress.ProxyFilter.users(ProxyUsers(of: proxy, as: identity))
                let link = ServerListAddress.filtered { $0.proxy = filter }
                #expect(ServerListAddress(pairs: Self.pairs(of: link)).proxy == filter)
            }
        }
        for text in ["at:proxy01", "at:proxy01:80 x", "as:proxy01:80", "system:"] {
            #expect(ServerListAddress(pairs: [("proxy", text)]).hasUnknownParts, "\(text)")
        }
    }

    @Test func whatIsTypedIntoTheListIsReadAsItIsMeant() {
        #expect(ServerListAddress(pairs: [("q", " \tcm 01\u{A0} ")]).text == "cm 01")
        #expect(!ServerListAddress(pairs: [("q", "  ")]).link.contains("?"))
        for name in ["Proxy01.CONTOSO.com", "proxy01.contoso.com"] {
            #expect(ServerListAddress(pairs: [("proxy", "server:" + name)]).proxy == .server("proxy01.contoso.com"))
        }
        #expect(ServerListAddress(pairs: [("proxy", "server:no name")]).proxy == .server("no name"))
    }

    @Test func whatTheListDoesNotKnowIsNotedAndLeftOut() {
        #expect(ServerListAddress(pairs: [("colour", "red")]).hasUnknownParts)
        #expect(ServerListAddress(pairs: [("sort", "size")]).hasUnknownParts)
        #expect(!ServerListAddress(pairs: [("q", "a"), ("site", "")]).hasUnknownParts)
    }

    private static func pairs(of link: String) -> [(name: String, value: String)] {
        link.split(separator: "?")[1].split(separator: "&").map { part in
            let halves = part.split(separator: "=", omittingEmptySubsequences: false)
            return (String(halves[0]), String(halves[1]).percentDecoded(plusIsSpace: true) ?? "")
        }
    }
}
