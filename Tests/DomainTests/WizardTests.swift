import Domain
import Testing

@Suite("The pages and offers of a wizard")
struct WizardTests {
    static func site(_ code: String, type: String = "", parent: String = "") throws -> Site {
        var judge = Judge(.edit)
        let draft = Draft([.siteCode: code, .siteType: type, .siteParent: parent])
        return try #require(Site.check(draft, base: nil, &judge))
    }

    static let always: [WizardStep] = [.general, .proxy, .roles]
    static let point: [WizardStep] = [.softwareUpdatePoint, .proxyAndAccounts, .synchronizationSource]
    static let whole: [WizardStep] = [
        .synchronizationSchedule, .supersedence, .classifications, .products, .languages,
    ]
    static let end: [WizardStep] = [.summary, .completion]

    @Test(
        "which pages there are follows from the site, the roles and whether it is the site's first software update point",
        arguments: [
            // type, parent, roles, first, pages between the roles and the Summary
            ("central administration", "", ["SMS Software Update Point"], true, point + whole),
            ("primary", "", ["SMS Software Update Point"], true, point + whole),
            ("primary", "CAS", ["SMS Software Update Point"], true, point),
            ("secondary", "PS1", ["SMS Software Update Point"], true, point),
            ("", "", ["SMS Software Update Point"], true, point + whole),
            ("", "CAS", ["SMS Software Update Point"], true, point),
            ("central administration", "", ["SMS Software Update Point"], false, point),
            ("primary", "", ["SMS Software Update Point"], false, point),
            ("primary", "CAS", ["SMS Software Update Point"], false, point),
            ("primary", "", ["SMS Distribution Point"], true, []),
            ("primary", "", [], true, []),
            ("primary", "", ["SMS Dmp Connector"], true, [.serviceConnectionPoint]),
            (
                "primary", "", ["SMS Dmp Connector", "SMS Software Update Point"], true,
                point + whole + [.serviceConnectionPoint]
            ),
        ] as [(String, String, [String], Bool, [WizardStep])])
    func pages(type: String, parent: String, roles: [String], isFirst: Bool, between: [WizardStep]) throws {
        let site = try Self.site("ABC", type: type, parent: parent)
        let names = roles.compactMap { RoleName.check($0).value }
        let plan = WizardPlan(site: site, roles: names, isFirstPoint: isFirst)
        #expect(plan.steps == Self.always + between + Self.end)
    }

    private func refusals(_ place: RoleOffer.Place) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: RoleOffer.all(at: place).map { ($0.role.name.text, $0.refusal ?? "") })
    }

    @Test("a role is offered where the table of roles allows it, and otherwise says why not")
    func offers() throws {
        let top = refusals(RoleOffer.Place(site: try Self.site("PS1", type: "primary")))
        let child = refusals(RoleOffer.Place(site: try Self.site("PS1", type: "primary", parent: "CAS")))
        let central = refusals(RoleOffer.Place(site: try Self.site("CAS", type: "central administration")))
        let secondary = refusals(RoleOffer.Place(site: try Self.site("SEC", type: "secondary", parent: "PS1")))
        #expect(top["SMS Dmp Connector"] == "" && central["SMS Dmp Connector"] == "")
        #expect(child["SMS Dmp Connector"] == "Only at the top-level site, and PS1 stands below CAS.")
        #expect(secondary["SMS Dmp Connector"] == "Not possible at a secondary site.")
        #expect(central["SMS Distribution Point"] == "Not possible at a central administration site.")
        #expect(secondary["SMS Distribution Point"] == "")
        #expect(secondary["SMS Cloud Proxy Connector"]?.hasPrefix("No source says") == true)
        #expect(top["SMS Enrollment Server"]?.hasPrefix("Deprecated") == true)
        #expect(top["SMS Certificate Registration Point"]?.hasPrefix("No longer supported") == true)
    }

    @Test("what the product assigns itself or no longer has is not listed")
    func notListed() throws {
        let listed = refusals(RoleOffer.Place(site: try Self.site("PS1", type: "primary")))
        for name in [
            "SMS Site Server", "SMS Site System", "SMS Component Server", "SMS SQL Server", "SMS Provider",
            "SMS Notification Server", "SMS Multicast Service Point", "SMS PXE Service Point", "SMS Portal Web Site",
        ] {
            #expect(listed[name] == nil, "\(name)")
        }
        #expect(listed.count == 14)
    }

    @Test("a role that is there already, or of which there is one elsewhere, cannot be chosen")
    func taken() throws {
        let other = try #require(HostName.check("CM09.corp.contoso.com", label: "").value)
        let taken = refusals(
            RoleOffer.Place(
                site: try Self.site("SEC", type: "secondary", parent: "PS1"), held: [.distributionPoint],
                inHierarchy: [.serviceConnectionPoint: other], atSite: [.softwareUpdatePoint: other]))
        #expect(taken["SMS Distribution Point"] == "Already on this server.")
        #expect(
            taken["SMS Software Update Point"]
                == "A secondary site can have one, and it stands on CM09.corp.contoso.com.")
        let elsewhere = refusals(
            RoleOffer.Place(
                site: try Self.site("PS1", type: "primary"), inHierarchy: [.serviceConnectionPoint: other],
                atSite: [.softwareUpdatePoint: other]))
        #expect(elsewhere["SMS Dmp Connector"] == "One per hierarchy, and it stands on CM09.corp.contoso.com.")
        #expect(elsewhere["SMS Software Update Point"] == "", "a primary site can have several")
    }

    @Test("where the type of the site was not told, nothing is left out, and the role says what is not known")
    func untold() throws {
        let offers = RoleOffer.all(at: RoleOffer.Place(site: try Self.site("ABC")))
        let connector = try #require(offers.first { $0.role.name == .serviceConnectionPoint })
        #expect(connector.isOffered && connector.note?.contains("not told what type ABC is") == true)
        let point = try #require(offers.first { $0.role.name == .softwareUpdatePoint })
        #expect(point.isOffered && point.note == nil, "it may stand everywhere")
    }
}
