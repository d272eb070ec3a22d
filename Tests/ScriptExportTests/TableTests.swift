import Domain
import Foundation
import Testing

@testable import ScriptExport

@Suite("Servers as a table, and as a DSC configuration")
struct TableTests {
    private func csv(_ records: [ServerRecord]) throws -> String {
        var bytes: [UInt8] = []
        let table = try ConfigurationCSV { bytes += $0 }
        for record in records { try table.server(record) }
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        return String(decoding: bytes.dropFirst(3), as: UTF8.self)
    }

    @Test("the header is the field keys, and each server has one row that reads back")
    func rows() throws {
        let record = try Making.server(
            general: Held(intended: try Making.general(forest: "a \"b\", c")),
            proxy: Held(intended: try Making.proxy("proxy01", 3128, "CONTOSO\\svc")),
            roles: [HeldRole(name: .softwareUpdatePoint, intended: try Making.updatePoint(), isObserved: true)])
        let rows = try csv([record, try Making.server("CM02")]).components(separatedBy: "\r\n")
        #expect(rows.count == 4 && rows[3].isEmpty)
        let header = rows[0].components(separatedBy: ",")
        #expect(header.starts(with: ["server.name", "server.site", "general.internetFQDN"]))
        #expect(header.contains("softwareUpdatePoint.httpPort") && header.last == "distributionPoint.connectedCache")
        #expect(
            rows[1].hasPrefix(
                "CM01.corp.contoso.com,PS1,,false,,\"a \"\"b\"\", c\",,true,proxy01,3128,true,CONTOSO\\svc,SMS Software Update Point,false,false,8530,8531,"
            ))
        #expect(rows[2] == "CM02,PS1" + String(repeating: ",", count: header.count - 2), "not told is blank")
    }

    @Test(
        "no value can be a formula, and one leading apostrophe is always ours",
        arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'x"])
    func formulas(value: String) {
        let cell = ConfigurationCSV.cell(value)
        #expect(cell == "'" + value || cell == "\"'" + value + "\"")
        #expect(ConfigurationCSV.cell("x=1") == "x=1" && ConfigurationCSV.cell("") == "")
    }

    private func dsc(_ servers: [ServerRecord], _ components: [ComponentRecord] = []) throws -> String {
        var bytes: [UInt8] = []
        var configuration = try DSCConfiguration("site PS1", origin: Making.origin) { bytes += $0 }
        for server in servers { try configuration.server(server) }
        for component in components { try configuration.component(component, isChild: false) }
        try configuration.end()
        return String(decoding: bytes.dropFirst(3).filter { $0 != 0x0D }, as: UTF8.self)
    }

    @Test("the configuration says its module and version, and that it is declarative")
    func dscHead() throws {
        let text = try dsc([])
        #expect(text.contains("declarative") && text.contains("-ModuleVersion '\(DSCConfiguration.moduleVersion)'"))
        #expect(text.hasSuffix("    {\n    }\n}\n"))
    }

    @Test("it holds all that is intended, with an account declared once and no password")
    func dscServers() throws {
        let on = Held(
            intended: try Making.proxy("proxy01", 3128, "CONTOSO\\o'brien"),
            observed: try Making.proxy("proxy01", 3128, "CONTOSO\\o'brien"))
        let point = HeldRole(name: .softwareUpdatePoint, intended: try Making.updatePoint(), isObserved: true)
        let text = try dsc([
            try Making.server("CM01", proxy: on, roles: [point]), try Making.server("CM02", proxy: on, roles: [point]),
            try Making.server("CM03", general: Held(intended: try Making.general()), proxy: Held(intended: .off)),
        ])
        #expect(text.components(separatedBy: "CMAccounts Account").count == 2)
        #expect(text.contains("AccountPassword = $Credential['CONTOSO\\o''brien']"))
        #expect(text.components(separatedBy: "ProxyServerPort = 3128").count == 3)
        #expect(text.contains("Ensure = 'Present'\n            DependsOn = @('[CMAccounts]Account1')"))
        #expect(text.components(separatedBy: "        CMSoftwareUpdatePoint ").count == 2)
        #expect(text.contains("# Software update point on CM02: the resource takes one a site."))
        let off = try #require(text.range(of: "SiteSystemServer = 'CM03'"))
        let last = text[off.upperBound...]
        #expect(
            last.contains("EnableProxy = $false") && !last.contains("ProxyServerName")
                && last.contains("UseSiteServerAccount = $true"))
        _ = try PowerShellToken.read(text)
    }

    @Test("options that contradict a server without a proxy are off, as the resource wants them")
    func dscOptions() throws {
        let point = HeldRole(
            name: .softwareUpdatePoint, intended: try Making.updatePoint([.supUseProxyForADR: "true"]), isObserved: true
        )
        let text = try dsc([try Making.server(proxy: Held(intended: .off), roles: [point])])
        #expect(text.contains("has no proxy, and the resource refuses its options then"))
        #expect(text.contains("UseProxyForAutoDeploymentRule = $false"))
        let untold = try dsc([try Making.server(roles: [point])])
        #expect(untold.contains("UseProxyForAutoDeploymentRule = $true"), "not told is not off")
    }

    @Test("where the proxy goes off, the options of a software update point that the site has go off before it")
    func dscOrder() throws {
        let account = "CONTOSO\\svc-wsus"
        let details = try Making.updatePoint([.supWSUSAccount: account])
        let point = HeldRole(name: .softwareUpdatePoint, intended: details, isObserved: true)
        let text = try dsc([try Making.server(proxy: Held(intended: .off), roles: [point])])
        #expect(text.contains("DependsOn = @('[CMAccounts]Account1', '[CMSoftwareUpdatePoint]UpdatePoint2')"))
        #expect(text.contains("CMSoftwareUpdatePoint UpdatePoint2\n"))
        #expect(!text.contains("[CMSiteSystemServer]"))
        let on = try dsc([try Making.server(proxy: Held(intended: try Making.proxy("p")), roles: [point])])
        #expect(on.contains("DependsOn = @('[CMSiteSystemServer]Server1')"))
        let new = HeldRole(name: .softwareUpdatePoint, intended: details, isObserved: false)
        let made = try dsc([try Making.server(proxy: Held(intended: .off), roles: [new])])
        #expect(made.contains("DependsOn = @('[CMSiteSystemServer]Server1')"), "the server has to be made first")
    }

    @Test("a component's lists go in whole")
    func dscComponent() throws {
        let record = ComponentRecord(
            site: try Making.site("PS1"),
            component: Held(
                intended: try Making.component([
                    .supcProducts: "Windows 11", .supcFileLanguages: "en\nde",
                    .supcNonFeatureUpdateSupersedence: "immediately",
                    .supcSchedule: "0001", .supcSynchronizeOnSchedule: "true",
                ])))
        let text = try dsc([], [record])
        let weekly = ComponentRecord(
            site: record.site,
            component: Held(
                intended: try Making.component([
                    .supcSynchronizeOnSchedule: "true", .supcScheduleKind: "weekly", .supcScheduleInterval: "2",
                    .supcScheduleWeekday: "sunday", .supcScheduleStart: "2026-11-21 03:00",
                ])))
        #expect(
            try dsc([], [weekly]).contains(
                "EnableSynchronization = $true\n            ScheduleType = 'Weekly'\n            RecurInterval = 2\n            DayOfWeek = 'Sunday'\n            Start = '11/21/2026 03:00'\n"
            ))
        #expect(
            text.contains("Products = @('Windows 11')") && text.contains("LanguageUpdateFiles = @('German', 'English')")
        )
        #expect(text.contains("ImmediatelyExpireSupersedence = $true") && !text.contains("WaitMonth ="))
        #expect(text.contains("# Not here: “Synchronization schedule”") && !text.contains("EnableSynchronization"))
    }
}
