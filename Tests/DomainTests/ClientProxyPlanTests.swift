import Domain
import Testing

@Suite("The plan of a site's clients")
struct ClientProxyPlanTests {
    private func read(
        _ draft: Draft, base: ClientProxyPlan? = nil
    ) -> (plan: ClientProxyPlan?, codes: [FindingCode], fields: [FieldKey?]) {
        var judge = Judge(.edit)
        let plan = ClientProxyPlan.check(draft, base: base, &judge)
        return (plan, judge.findings.map(\.code), judge.findings.map(\.field))
    }

    private static let explicit = Draft([
        .clientsWinHTTP: "proxy", .clientsWinHTTPServer: "Proxy01.contoso.com", .clientsWinHTTPPort: "8080",
        .clientsWinHTTPBypass: "*.contoso.com; <LOCAL>\n\n*.contoso.com",
    ])

    @Test("what nobody told is no plan, and each answer can be untold by itself")
    func notTold() throws {
        #expect(read(Draft()).plan == nil)
        #expect(read(Draft([.clientsWinHTTP: "", .clientsSystem: "", .clientsUserProxyForScans: ""])).plan == nil)
        let plan = try #require(read(Draft([.clientsUserProxyForScans: "false"])).plan)
        #expect(plan.userProxyForScans == false)
        #expect(plan.winHTTP == nil && plan.system == nil)
        #expect(read(Draft([.clientsUserProxyForScans: ""]), base: plan).plan == nil)
        #expect(read(Draft([.clientsSystem: "noProxy"]), base: plan).plan?.userProxyForScans == false)
    }

    @Test("a list of hosts is read by lines and semicolons, each host once")
    func hosts() throws {
        let plan = try #require(read(Self.explicit).plan)
        #expect(plan.value(.clientsWinHTTPBypass) == .list(["*.contoso.com", "<local>"]))
        #expect(plan.winHTTP?.explicit?.address.text == "Proxy01.contoso.com:8080")
    }

    @Test("a difference of case in the proxy's name is no change")
    func spelling() throws {
        let plan = try #require(read(Self.explicit).plan)
        let again = read(Draft([.clientsWinHTTPServer: "PROXY01.contoso.com"]), base: plan).plan
        #expect(again == plan)
        #expect(again?.value(.clientsWinHTTPServer) == .text("Proxy01.contoso.com"))
    }

    @Test("what has no effect under another choice is neither judged nor kept")
    func leftOver() throws {
        let plan = try #require(read(Self.explicit).plan)
        let direct = read(
            Draft([.clientsWinHTTP: "direct", .clientsWinHTTPPort: "none", .clientsPAC: "$(x)"]), base: plan)
        #expect(direct.codes.isEmpty)
        #expect(direct.plan?.winHTTP == .direct)
        #expect(direct.plan?.value(.clientsWinHTTPServer) == .nothing)
    }

    @Test("a proxy needs a name and a port, a script an address; all that is wrong is told at once")
    func needed() {
        let found = read(Draft([.clientsWinHTTP: "proxy", .clientsSystem: "script"]))
        #expect(found.plan == nil)
        #expect(found.codes == [.proxyServerBlank, .proxyPortBlank, .clientsPACBlank])
        #expect(found.fields == [.clientsWinHTTPServer, .clientsWinHTTPPort, .clientsPAC])
    }

    @Test(
        "nothing passes that a command line would read as more than text",
        arguments: [
            "a b", "a,b", "a\"b", "a'b", "a`b", "$(calc)", "a&b", "a|b", "a^b", "a%PATH%", "http://a", "<all>",
            "<local",
            "a>b", "a\\b", "é.com", "a/b", "(a)", "{a}", "!a!",
        ])
    func injectionThroughHosts(text: String) {
        for field in [FieldKey.clientsWinHTTPBypass, .clientsPACDirectHosts] {
            var draft = Self.explicit
            draft[.clientsSystem] = Sent("script")
            draft[.clientsPAC] = Sent("http://pac/x.pac")
            draft[field] = Sent(text)
            let found = read(draft)
            #expect(found.plan == nil)
            #expect(found.codes == [.clientsHostForm])
        }
        var scripted = Draft([.clientsSystem: "script"])
        scripted[.clientsPAC] = Sent("http://pac.contoso.com/" + text)
        let expected: [FindingCode] = ["a,b", "a&b", "http://a", "a/b"].contains(text) ? [] : [.clientsPACAddress]
        #expect(read(scripted).codes == expected)
    }

    @Test(
        "an address that names no server is refused",
        arguments: [
            "pac.contoso.com/proxy.pac", "http://", "http:///x.pac", "http://user:secret@pac.contoso.com/x.pac",
            "http://pac.contoso.com:0/x", "http://pac.contoso.com:x/", "http://[::1/x.pac", "javascript:alert",
            "http://a/%4",
        ])
    func address(text: String) {
        #expect(read(Draft([.clientsSystem: "script", .clientsPAC: text])).codes == [.clientsPACAddress])
    }

    @Test(
        "addresses that clients do read are taken",
        arguments: ["HTTP://pac/x", "https://[2001:db8::1]:8080/p.pac?a=%20"])
    func goodAddress(text: String) {
        #expect(read(Draft([.clientsSystem: "script", .clientsPAC: text])).plan?.system?.script?.address.text == text)
    }

    @Test(
        "a script on a share can be stored, and is doubted", arguments: ["file:///C:/proxy.pac", "FTP://a/proxy.pac"])
    func fileAddress(text: String) {
        let plan = read(Draft([.clientsSystem: "script", .clientsPAC: text])).plan
        #expect(plan?.doubts.map(\.problem.code) == [.clientsPACFile])
    }

    @Test("a pattern covers hosts without case in a bypass list, and with case in a script")
    func covers() throws {
        func pattern(_ text: String) throws -> HostPattern {
            let draft = Draft([.clientsSystem: "script", .clientsPAC: "http://a/b", .clientsPACDirectHosts: text])
            return try #require(read(draft).plan?.system?.script?.directHosts.first)
        }
        let host = try #require(HostName.check("SUP01.Corp.contoso.com", label: "").value)
        #expect(try pattern("*.corp.contoso.com").covers(host))
        #expect(try !pattern("*.corp.contoso.com").coversExactly(host))
        #expect(try pattern("SUP*.Corp.*").coversExactly(host))
        #expect(try pattern("sup01.corp.contoso.com:8530").covers(host))
        #expect(try !pattern("*.contoso.org").covers(host))
        #expect(try !pattern("corp.contoso.com").covers(host))
        #expect(try pattern("*").covers(host))
    }
}
