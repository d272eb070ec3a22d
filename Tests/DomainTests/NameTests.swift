import Domain
import TestSupport
import Testing

@Suite("Names of computers")
struct HostNameTests {
    static let refusedTexts: [(String, FindingCode)] = [
        ("", .nameBlank), ("   ", .nameBlank), ("cm 01", .nameWhitespace), (" cm01", .nameWhitespace),
        ("cm01 ", .nameWhitespace), ("cm\u{00A0}01", .nameWhitespace), ("cm01\n", .nameControl),
        ("cm\u{0}01", .nameControl),
        ("cm\u{85}01", .nameControl), ("cm\u{202E}01", .nameBidirectional), ("cm\u{2066}01", .nameBidirectional),
        ("cm\u{61C}01", .nameBidirectional), ("\\\\cm01", .namePath), ("cm01/x", .namePath),
        ("cmö1.contoso.com", .nameNonASCII),
        ("cm@01", .nameCharacters), ("cm01:80", .nameCharacters), ("-cm01", .nameLabel),
        ("cm01-.contoso.com", .nameLabel),
        ("cm01..contoso.com", .nameLabel), (".cm01", .nameLabel), (String(repeating: "a", count: 64), .nameLabel),
        (String(repeating: "a.", count: 128) + "a", .nameLong),
    ]

    @Test("what is no name is refused with a sentence of its own", arguments: refusedTexts)
    func refused(text: String, code: FindingCode) {
        let checked = HostName.check(text, label: "Name")
        #expect(checked.value == nil)
        #expect(checked.problems.map(\.code).contains(code), "\(checked.problems)")
        #expect(checked.problems.allSatisfy { $0.message.hasPrefix("Name") && $0.message.hasSuffix(".") })
    }

    @Test(
        "doubtful names are kept and told",
        arguments: [
            ("cm_01.contoso.com", FindingCode.nameUnderscore), ("10.contoso.com", .nameDigits),
            ("cm01", .nameSingleLabel),
        ])
    func doubtful(text: String, code: FindingCode) throws {
        let name = try #require(HostName.check(text, label: "Name").value)
        #expect(name.doubts(label: "Name").map(\.code).contains(code))
    }

    @Test("names compare without case and keep their spelling; one closing dot is dropped")
    func spelling() throws {
        let name = try #require(HostName.check("CM01.Corp.Contoso.com.", label: "Name").value)
        #expect(name.text == "CM01.Corp.Contoso.com")
        #expect(name == HostName.check("cm01.corp.contoso.com", label: "Name").value)
        #expect(name != HostName.check("cm01", label: "Name").value)
    }

    @Test("any text is a name or has a problem, and a name is ASCII without anything a shell or a page would obey")
    func anyText() {
        var random = SeededGenerator(seed: 1)
        let alphabet: [Unicode.Scalar] = [
            "a", "Z", "9", "-", ".", "_", " ", "/", "\\", "ä", "\u{202E}", "\u{1}", "<", "\"",
        ]
        for _ in 0..<20_000 {
            let text = random.text(of: alphabet, upTo: 12)
            let checked = HostName.check(text, label: "Name")
            #expect((checked.value == nil) == !checked.problems.isEmpty)
            guard let name = checked.value else { continue }
            #expect(
                name.text.unicodeScalars.allSatisfy {
                    $0.properties.isAlphabetic && $0.isASCII || "0123456789-._".unicodeScalars.contains($0)
                })
            #expect(HostName.check(name.text, label: "Name").value?.text == name.text, "checking again changes nothing")
        }
    }
}

@Suite("Site codes")
struct SiteCodeTests {
    @Test("three letters or digits, upper case", arguments: [("PS1", "PS1"), ("ps1", "PS1"), ("007", "007")])
    func accepted(text: String, code: String) { #expect(SiteCode.check(text).value?.text == code) }

    @Test("anything else is refused", arguments: ["", "P", "PS12", "P-1", "PÄ1", "P 1", "\u{FF30}S1"])
    func refused(text: String) { #expect(SiteCode.check(text).value == nil) }

    @Test("reserved codes are kept and told", arguments: ["AUX", "CON", "NUL", "PRN", "SMS", "ENV", "aux"])
    func reserved(text: String) { #expect(SiteCode.check(text).value?.doubts.map(\.code) == [.siteCodeReserved]) }
}

@Suite("Ports")
struct PortTests {
    private func port(_ text: String) -> (port: Int?, codes: [FindingCode]) {
        var judge = Judge(.edit)
        let draft = Draft([.proxyUse: "true", .proxyServer: "proxy.contoso.com", .proxyPort: text])
        let proxy = Proxy.check(draft, base: nil, &judge)
        return (proxy?.configuration?.port.number, judge.findings.map(\.code))
    }

    @Test(
        "blanks around it do not count, and leading zeros neither",
        arguments: [("080", 80), (" 8080 ", 8080), ("65535", 65535), ("\t1", 1)])
    func accepted(text: String, number: Int) { #expect(port(text).port == number) }

    @Test(
        "what is no port is refused, each with a sentence of its own",
        arguments: [
            ("", FindingCode.proxyPortBlank), (" ", .proxyPortBlank), ("0x50", .proxyPortHexadecimal),
            ("+80", .proxyPortSign),
            ("-80", .proxyPortSign), ("８０", .proxyPortDigits), ("80.0", .proxyPortFraction),
            ("1,000", .proxyPortFraction),
            ("http", .proxyPortCharacters), ("0", .proxyPortRange), ("65536", .proxyPortRange),
            ("99999999999999999999999999", .proxyPortRange),
        ])
    func refused(text: String, code: FindingCode) {
        #expect(port(text).port == nil)
        #expect(port(text).codes == [code])
    }

    @Test("every number is a port exactly from 1 to 65535")
    func everyNumber() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<5_000 {
            let number = Int.random(in: -10...70_000, using: &random)
            #expect((port(String(number)).port == number) == (1...65535).contains(number))
        }
    }
}

@Suite("Accounts")
struct AccountNameTests {
    @Test(
        "DOMAIN\\user is an account",
        arguments: [
            "CONTOSO\\svc-proxy", "corp.contoso.com\\svc", "CONTOSO\\gmsa$", "CONTOSO\\Jürgen O'Neil",
            "NT AUTHORITY\\SYSTEM",
        ])
    func accepted(text: String) throws {
        let account = try #require(AccountName.check(text, label: "Account").value)
        #expect(account.text == text)
        #expect(account.doubts(label: "Account").isEmpty)
    }

    @Test(
        "other ways to write one are kept and told",
        arguments: [
            ("svc@contoso.com", FindingCode.accountUPN), ("svc-proxy", .accountNoDomain),
        ])
    func doubtful(text: String, code: FindingCode) {
        #expect(AccountName.check(text, label: "Account").value?.doubts(label: "Account").map(\.code) == [code])
    }

    @Test(
        "what is no account is refused",
        arguments: [
            ("", FindingCode.accountBlank), ("A\\b\\c", .accountBackslashes), ("\\\\server\\user", .accountBackslashes),
            ("\\user", .accountDomain), ("ABCDEFGHIJKLMNOP\\user", .accountDomain), ("CONTOSO\\", .accountUser),
            ("CONTOSO\\" + String(repeating: "u", count: 105), .accountUser), ("CONTOSO\\a:b", .accountCharacters),
            ("CONTOSO\\a@b", .accountCharacters), ("CONTOSO\\a\u{7}b", .accountControl),
            ("CONTOSO\\a\u{202E}b", .accountBidirectional),
        ])
    func refused(text: String, code: FindingCode) {
        let checked = AccountName.check(text, label: "Account")
        #expect(checked.value == nil)
        #expect(checked.problems.map(\.code).contains(code), "\(checked.problems)")
    }

    @Test("accounts compare without case and keep their spelling")
    func spelling() {
        let left = AccountName.check("CONTOSO\\Svc", label: "").value
        #expect(left == AccountName.check("contoso\\svc", label: "").value)
        #expect(left?.text == "CONTOSO\\Svc")
    }
}
