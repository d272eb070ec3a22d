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
        return judge.findings
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
