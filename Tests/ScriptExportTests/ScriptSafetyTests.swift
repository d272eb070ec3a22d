import Domain
import Foundation
import TestSupport
import Testing

@testable import ScriptExport

/// What must hold of every script, whatever names the configuration holds.
@Suite("A script carries names as data, and writes nothing but settings")
struct ScriptSafetyTests {
    /// Everything a script may call: cmdlets that read, the few that set, and its own functions.
    static let allowed: Set<String> = [
        "Import-Module", "Join-Path", "Get-PSDrive", "Select-Object", "Where-Object", "ForEach-Object", "Sort-Object",
        "Get-Location", "Set-Location", "Out-Null", "Write-Host", "Write-Warning", "Get-Credential",
        "Get-CMAccount", "New-CMAccount", "Get-CMSiteSystemServer", "Set-CMSiteSystemServer", "New-CMSiteSystemServer",
        "Get-CMSoftwareUpdatePoint", "Set-CMSoftwareUpdatePoint", "Add-CMSoftwareUpdatePoint",
        "Get-CMServiceConnectionPoint", "Set-CMServiceConnectionPoint", "Get-CMSoftwareUpdatePointComponent",
        "Set-CMSoftwareUpdatePointComponent", "Get-CMSoftwareUpdateCategory", "New-CMSchedule",
        "Write-Result", "Get-ItemValue", "Get-ItemFlag", "Test-State", "Format-State", "Invoke-Step", "Invoke-Creation",
        "Confirm-Account", "Get-ExistingAccount", "Get-GeneralState", "Get-ProxyState", "Get-UpdatePointState",
        "Get-ConnectionPointState", "Get-ComponentState", "Get-Word", "Get-Minutes", "Clear-ProxyOption",
        "Assert-Proxy", "Get-SiteName", "Get-LanguageName", "Add-ListChange", "Get-ScheduleState",
        "Get-ScheduleWithoutStart", "Convert-CMSchedule",
    ]

    static let hostile = [
        "CONTOSO\\o'brien", "CONTOSO\\$(Get-Date)", "CONTOSO\\`$x", "CONTOSO\\\u{2018}a\u{2019}",
        "CONTOSO\\\u{201A}\u{201B}",
        "CONTOSO\\a'; Restart-Computer; '", "CONTOSO\\a\u{2019}}#'", "CONTOSO\\#>", "CONTOSO\\{(}", "CONTOSO\\''",
    ]

    @Test("a hostile account stays inside one string, in every place it has", arguments: hostile)
    func hostileAccounts(account: String) throws {
        // Some of these are no accounts by the portal's own rules: those never get as far as a script.
        guard let proxy = ProxyConfiguration(server: "proxy01", port: 80, account: account) else { return }
        let server = try Making.server(
            general: Held(intended: try Making.general(nil, account), observed: try Making.general()),
            proxy: Held(intended: .on(proxy), observed: .off),
            roles: [
                Making.pendingUpdatePoint(try Making.updatePoint([.supWSUSAccount: account]), try Making.updatePoint())
            ])
        let script = try Making.script([server])
        let tokens = try PowerShellToken.read(script)
        let carriers = tokens.filter { if case .verbatim(let text) = $0 { text == account } else { false } }
        #expect(carriers.count >= 5, "the account's making, three states and three parameters")
        try check(script, against: try Making.script([]))
    }

    @Test("hostile names of roles, products and schedules are data too")
    func hostileNames() throws {
        let name = "It's \u{2018}$(x)\u{2019} `n #> @' <# {"
        let role = HeldRole(name: try Making.role(name), intended: nil, observed: nil, isObserved: false)
        let component = ComponentRecord(
            site: try Making.site("PS1"),
            component: Held(
                intended: try Making.component([
                    .supcProducts: name, .supcSchedule: name, .supcFileLanguages: "en\nqq'\u{2019}",
                ]),
                observed: try Making.component([
                    .supcProducts: "Windows 11", .supcSchedule: "0", .supcFileLanguages: "en",
                ])))
        for back in [false, true] {
            let script = try Making.script(
                [try Making.server(roles: [role])], components: [component], back: back, includes: true)
            try check(script, against: try Making.script([], components: [component], back: back, includes: true))
            let tokens = try PowerShellToken.read(script)
            #expect(tokens.contains { if case .verbatim(let text) = $0 { text == name } else { false } })
        }
    }

    /// Nothing is called that may not be, nothing but constants is expandable, and braces pair.
    private func check(_ script: String, against plain: String) throws {
        let tokens = try PowerShellToken.read(script)
        var open: [Character] = []
        for token in tokens {
            switch token {
            case .word(let word):
                let isCommand = word.contains(/^[A-Z][A-Za-z]*-[A-Z][A-Za-z]*$/)
                if isCommand { #expect(Self.allowed.contains(word), "\(word)") }
                #expect(!word.lowercased().hasPrefix("remove-"))
            case .expandable(let text): #expect(plain.contains(text), "\(text)")
            case .sign(let sign): pair(sign, &open)
            default: break
            }
        }
        #expect(open.isEmpty)
        #expect(!script.contains("Remove-"))
        for word in ["ConvertTo-SecureString", "AsPlainText", "pwd", "secret"] {
            #expect(script.range(of: word) == nil)
        }
    }

    private func pair(_ sign: Character, _ open: inout [Character]) {
        let pairs: [Character: Character] = ["}": "{", ")": "(", "]": "["]
        if pairs.values.contains(sign) { open.append(sign) }
        if let opening = pairs[sign] {
            let last = open.popLast()
            #expect(last == opening)
        }
    }

    @Test(
        "a control character or a line break is refused, and nothing is written",
        arguments: ["a\nb", "a\u{0}", "a\u{85}", "a\u{2028}b"])
    func controlCharacters(text: String) throws {
        #expect(throws: ScriptRefusal.self) { try PowerShellText.literal(text) }
        let comment = PowerShellText.comment(text)
        #expect(!comment.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x85 || $0.value == 0x2028 })
        #expect(comment.contains("U+"))
    }

    @Test("a comment stays on its line, and closes nothing")
    func comments() {
        #expect(PowerShellText.comment("a#>b\r\nc\u{202E}") == "a# >bU+000DU+000AcU+202E")
        #expect(PowerShellText.comment("caf\u{E9} “x”") == "caf\u{E9} “x”")
    }

    @Test("all five single quotes are doubled, and nothing else is touched")
    func quotes() throws {
        #expect(
            try PowerShellText.literal("a'\u{2018}\u{2019}\u{201A}\u{201B}\"$`b")
                == "'a''\u{2018}\u{2018}\u{2019}\u{2019}\u{201A}\u{201A}\u{201B}\u{201B}\"$`b'")
    }

    @Test("Windows PowerShell reads it right: a mark, and CRLF throughout")
    func encoding() throws {
        var bytes: [UInt8] = []
        let source = ScriptSource.records(components: [], sites: [], takesBack: false) { _ in }
        try PowerShellScript(ScriptSelection(), origin: Making.origin, source: source).write { bytes += $0 }
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let lines = bytes.indices.filter { bytes[$0] == 0x0A }
        #expect(lines.count > 100 && lines.allSatisfy { bytes[$0 - 1] == 0x0D })
        #expect(bytes.last == 0x0A)
    }

    @Test("random records make well-formed scripts in both directions", arguments: 0..<8)
    func randomRecords(seed: UInt64) throws {
        var random = RandomRecords(seed: seed)
        let servers = try (0..<6).map { try random.server($0) }
        for (back, includes) in [(false, false), (false, true), (true, false), (true, true)] {
            let script = try Making.script(servers, back: back, includes: includes)
            try check(script, against: try Making.script([]))
        }
        let changes = try servers.indices.dropFirst().map { index in
            var before = servers[index - 1]
            before.name = servers[index].name
            return try Making.change(
                index.isMultiple(of: 3) ? nil : before, index.isMultiple(of: 5) ? nil : servers[index])
        }
        for back in [false, true] {
            try check(try Making.script(changes: changes, back: back, includes: true), against: try Making.script([]))
        }
    }
}

/// Records of every shape, with names that try to get out of their quotes.
private struct RandomRecords {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private mutating func flip() -> Bool { Bool.random(using: &generator) }

    private mutating func account() -> String {
        let accounts = ScriptSafetyTests.hostile.filter { AccountName.check($0, label: "").value != nil }
        return accounts.randomElement(using: &generator) ?? "CONTOSO\\a"
    }

    private mutating func proxy() throws -> Proxy? {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return nil
        case 1: return .off
        default:
            return try Making.proxy(
                flip() ? "proxy01" : "fd00::1", Int.random(in: 1...65_535, using: &generator), flip() ? account() : nil)
        }
    }

    private mutating func updatePoint() throws -> RoleDetails? {
        if flip() { return nil }
        return try Making.updatePoint([
            .supUseProxyForSynchronization: flip() ? "true" : "false", .supUseProxyForADR: flip() ? "true" : "false",
            .supClientConnections: ["intranet", "internet", "both", "none"].randomElement(using: &generator) ?? "both",
            .supWSUSAccount: flip() ? account() : "",
        ])
    }

    mutating func server(_ number: Int) throws -> ServerRecord {
        let point = HeldRole(
            name: .softwareUpdatePoint, intended: try updatePoint(), observed: try updatePoint(), isObserved: flip())
        let other = HeldRole(
            name: try Making.role("It's \u{2019} #> $(x)"), intended: nil, observed: nil, isObserved: flip())
        let general = [try Making.general("a.contoso.com", account()), nil, try Making.general(forest: "it's")]
        return try Making.server(
            "CM\(number).contoso.com",
            general: Held(
                intended: general.randomElement(using: &generator) ?? nil,
                observed: general.randomElement(using: &generator) ?? nil),
            proxy: Held(intended: try proxy(), observed: try proxy()), roles: flip() ? [point, other] : [],
            dropped: flip() ? [] : [other], isSeen: flip())
    }
}
