/// The rules between sites: what a hierarchy can look like.
///
/// Source: Microsoft Learn, "Design a hierarchy of sites".
public enum SiteRules {
    /// All policy findings of a site, given the sites of the hierarchy by code.
    public static func findings(
        for site: Site, among sites: [SiteCode: Site], on occasion: Occasion
    ) -> [Finding] {
        var judge = Judge(occasion, entity: .site, key: site.code.text)
        for doubt in site.doubts { judge.find(doubt.problem.code, doubt.field, doubt.problem.message) }
        judgeParent(of: site, among: sites, &judge)
        judgePorts(of: site, &judge)
        return judge.findings
    }

    /// Source: Microsoft Learn, "How to configure client communication ports" and "Websites for site system servers in
    /// Configuration Manager".
    private static func judgePorts(of site: Site, _ judge: inout Judge) {
        let ports = site.clientPorts
        guard let first = ClientPorts.fields.first(where: { ports.value($0.key) != .nothing }) else { return }
        switch site.type {
        case .secondary:
            let primary = site.parent.map { "its primary site \($0)" } ?? "its primary site"
            judge.find(
                .sitePortsIgnored, first.key,
                "\(site.code) is a secondary site, which takes the client ports and the website of \(primary): what is told here has no effect. Leave these fields empty, and set them there."
            )
        case .centralAdministration:
            judge.find(
                .sitePortsIgnored, first.key,
                "\(site.code) is a central administration site; client ports and the custom website are set at primary sites. Leave these fields empty, and set them there."
            )
        case .primary, nil: judgeValues(of: ports, &judge)
        }
    }

    private static func judgeValues(of ports: ClientPorts, _ judge: inout Judge) {
        let http = ports.http ?? ClientPorts.defaultHTTP
        let https = ports.https ?? ClientPorts.defaultHTTPS
        if http == https {
            judge.find(
                .sitePortSame, ports.https == nil ? .siteClientHTTPPort : .siteClientHTTPSPort,
                "Clients would use port \(http) for HTTP and for HTTPS. Enter two different ports; where a field is empty, the port is 80 for HTTP and 443 for HTTPS."
            )
        }
        let taken = [(http, ClientPorts.defaultHTTP), (https, ClientPorts.defaultHTTPS)].filter { $0.0 == $0.1 }.map(
            \.0)
        if ports.customWebsite == true, !taken.isEmpty {
            let list = taken.map(String.init).joined(separator: " and ")
            judge.find(
                .siteWebsitePorts, .siteCustomWebsite,
                "The custom website would listen on \(list), where the default website of IIS listens unless it was changed. Enter the custom website’s own ports here, or check that the default websites of the site’s servers use others."
            )
        }
    }

    private static func judgeParent(of site: Site, among sites: [SiteCode: Site], _ judge: inout Judge) {
        guard let parentCode = site.parent else {
            if site.type == .secondary {
                judge.find(
                    .siteParentMissing, .siteParent,
                    "A secondary site needs a primary site above it. Enter the parent's site code.")
            }
            return
        }
        guard let parent = sites[parentCode] else {
            judge.find(
                .siteParentUnknown, .siteParent,
                "The portal has no site \(parentCode). Add that site, or correct the parent.")
            return
        }
        if let sentence = misfit(site.type, below: parent) { judge.find(.siteParentType, .siteParent, sentence) }
        if isCycle(from: site, parent: parentCode, among: sites) {
            judge.find(
                .siteParentCycle, .siteParent,
                "Site \(site.code) would be above itself through \(parentCode). Choose another parent.")
        }
    }

    private static func misfit(_ type: Site.SiteType?, below parent: Site) -> String? {
        switch (type, parent.type) {
        case (.centralAdministration, _):
            "A central administration site is the top of its hierarchy. Leave its parent empty."
        case (.primary, .primary?), (.primary, .secondary?):
            "A primary site's parent is a central administration site, and \(parent.code) is not one. Choose another, or leave it empty."
        case (.secondary, .centralAdministration?), (.secondary, .secondary?):
            "A secondary site's parent is a primary site, and \(parent.code) is not one. Choose the primary site above it."
        default: nil
        }
    }

    private static func isCycle(from site: Site, parent: SiteCode, among sites: [SiteCode: Site]) -> Bool {
        var seen: Set<SiteCode> = []
        var next: SiteCode? = parent
        while let code = next {
            if code == site.code { return true }
            guard seen.insert(code).inserted else { return false }
            next = sites[code]?.parent
        }
        return false
    }
}
