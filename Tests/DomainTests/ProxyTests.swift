import Domain
import TestSupport
import Testing

@Suite("The proxy server's name")
struct ProxyServerNameTests {
    @Test(
        "names and addresses are taken as they are spelled",
        arguments: [
            "proxy01.contoso.com", "PROXY01", "10.0.0.1", "2001:db8::1", "[2001:db8::1]", "::1", "::ffff:10.0.0.1",
            "xn--prxy-5qa.contoso.com",
        ])
    func accepted(text: String) { #expect(ProxyServerName.check(text).value?.text == text) }

    @Test(
        "what people enter for a name is refused with the likeliest intention",
        arguments: [
            ("", FindingCode.proxyServerBlank), ("http://proxy01", .proxyServerURL),
            ("https://proxy01:8080/", .proxyServerURL),
            ("proxy01:8080", .proxyServerPort), ("[::1]:8080", .proxyServerPort),
            ("http://wpad/proxy.pac", .proxyServerPAC),
            ("0", .proxyServerNumber), ("8080", .proxyServerNumber), ("fe80::1%eth0", .proxyServerZone),
            ("2001:db8:::1", .proxyServerIPv6), ("[2001:db8::1", .proxyServerIPv6),
            ("1:2:3:4:5:6:7:8:9", .proxyServerIPv6),
            ("pröxy.contoso.com", .nameNonASCII), ("proxy 01", .nameWhitespace),
            ("proxy\u{202E}01", .nameBidirectional),
            ("proxy01/path", .namePath),
        ])
    func refused(text: String, code: FindingCode) {
        let checked = ProxyServerName.check(text)
        #expect(checked.value == nil)
        #expect(checked.problems.map(\.code).contains(code), "\(checked.problems)")
    }

    @Test(
        "addresses compare by value",
        arguments: [
            ("2001:DB8:0:0:0:0:0:1", "[2001:db8::1]"), ("::ffff:10.0.0.1", "::ffff:a00:1"),
            ("PROXY.contoso.com", "proxy.contoso.com."),
        ])
    func equal(left: String, right: String) {
        #expect(ProxyServerName.check(left).value == ProxyServerName.check(right).value)
    }

    @Test(
        "an IPv6 address stands in brackets before a port",
        arguments: [
            ("2001:db8::1", "[2001:db8::1]:8080"), ("[::1]", "[::1]:8080"), ("proxy01", "proxy01:8080"),
        ])
    func withPort(text: String, address: String) throws {
        let configuration = try #require(ProxyConfiguration(server: text, port: 8080, account: nil))
        #expect(configuration.address == address)
    }

    @Test(
        "addresses have nothing to doubt, digits that are no address have",
        arguments: [
            ("10.0.0.1", [FindingCode]()), ("10.0.0.300", [.nameDigits]), ("::1", []), ("proxy01", []),
            ("proxy_01.contoso.com", [.nameUnderscore]),
        ])
    func doubts(text: String, codes: [FindingCode]) {
        #expect(ProxyServerName.check(text).value?.doubts.map(\.code) == codes)
    }
}

@Suite("The Proxy tab")
struct ProxyTests {
    private func check(_ draft: Draft, base: Proxy? = nil, on occasion: Occasion = .edit) -> (
        proxy: Proxy?, findings: [Finding]
    ) {
        var judge = Judge(occasion)
        let proxy = Proxy.check(draft, base: base, &judge)
        return (proxy, judge.findings)
    }

    private static let full = Draft([
        .proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "8080", .proxyUseCredentials: "true",
        .proxyAccount: "CONTOSO\\svc",
    ])

    @Test("three faults give three findings")
    func allAtOnce() {
        let draft = Draft([
            .proxyUse: "true", .proxyServer: "http://x", .proxyPort: "0x50", .proxyUseCredentials: "true",
            .proxyAccount: "a\\b\\c",
        ])
        #expect(check(draft).findings.map(\.code) == [.proxyServerURL, .proxyPortHexadecimal, .accountBackslashes])
        #expect(check(draft).proxy == nil)
    }

    @Test("with the box off, the fields under it are neither used nor judged")
    func off() {
        let draft = Draft([.proxyUse: "false", .proxyServer: "http://x", .proxyPort: "no", .proxyAccount: "a\\b\\c"])
        #expect(check(draft).proxy == .off)
        #expect(check(draft).findings.isEmpty)
    }

    @Test("an absent field keeps what is stored, a blank one does not")
    func absentIsNotBlank() {
        let stored = check(Self.full).proxy
        let onlyPort = check(Draft([.proxyPort: "3128"]), base: stored).proxy
        #expect(onlyPort?.configuration?.address == "proxy01.contoso.com:3128")
        #expect(onlyPort?.configuration?.account?.text == "CONTOSO\\svc")
        #expect(check(Draft([.proxyServer: ""]), base: stored).findings.map(\.code) == [.proxyServerBlank])
        #expect(check(Draft(), base: nil).proxy == nil, "what nobody told is not off")
    }

    @Test("credentials without an account are refused in an edit and told in an import")
    func missingAccount() {
        var draft = Self.full
        draft[.proxyAccount] = Sent("")
        #expect(check(draft).proxy == nil)
        #expect(check(draft).findings.map(\.code) == [.proxyAccountMissing])
        let imported = check(draft, on: .fileImport)
        #expect(imported.proxy?.configuration != nil)
        #expect(imported.proxy?.configuration?.account == nil)
        #expect(imported.findings.map(\.severity) == [.warning])
    }

    @Test("an account that is named but not used is no account, and an import says so")
    func ignoredAccount() {
        var draft = Self.full
        draft[.proxyUseCredentials] = Sent("false")
        #expect(check(draft).proxy?.configuration?.account == nil)
        #expect(check(draft).findings.isEmpty)
        #expect(check(draft, on: .fileImport).findings.map(\.code) == [.proxyAccountIgnored])
    }

    @Test("without a port an unchanged proxy keeps its own, another one gets 80 and a notice")
    func absentPort() {
        let stored = check(Self.full).proxy
        let draft = Draft([.proxyUse: "true", .proxyServer: "PROXY01.contoso.com"])
        #expect(check(draft, base: stored, on: .fileImport).proxy?.configuration?.port.number == 8080)
        let fresh = check(draft, on: .fileImport)
        #expect(fresh.proxy?.configuration?.port.number == 80)
        #expect(fresh.findings.map(\.code) == [.proxyPortAssumed])
    }

    @Test("a difference of case alone keeps the first spelling")
    func spelling() {
        let stored = check(Self.full).proxy
        var draft = Self.full
        draft[.proxyServer] = Sent("PROXY01.CONTOSO.COM")
        draft[.proxyAccount] = Sent("contoso\\SVC")
        let again = check(draft, base: stored).proxy
        #expect(again == stored)
        #expect(again?.configuration?.server.text == "proxy01.contoso.com")
        #expect(again?.configuration?.account?.text == "CONTOSO\\svc")
    }
}
