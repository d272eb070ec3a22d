import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

/// A central administration site and a primary site below it, as far as tests of their components go.
struct ComponentHierarchy {
    let portal: TestPortal
    let top: SiteCode
    let child: SiteCode

    func component(_ site: SiteCode) throws -> ComponentRecord? {
        try portal.store.read { try $0.component(of: site) }
    }

    func change(_ site: SiteCode, _ texts: KeyValuePairs<FieldKey, String>) throws -> Outcome {
        try portal.submit(
            .changeComponent(site, Draft(texts), revision: try component(site)?.revision ?? 0), reason: "because")
    }

    func codes(_ site: SiteCode, _ texts: KeyValuePairs<FieldKey, String>) throws -> [FindingCode] {
        guard case .rejected(let findings) = try change(site, texts) else { return [] }
        return findings.filter { $0.severity == .error }.map(\.code)
    }

    func set(_ outcome: Outcome) -> Int? {
        if case .saved(let set, _) = outcome { set } else { nil }
    }
}

func withComponentHierarchy(_ body: (ComponentHierarchy) throws -> Void) throws {
    try withPortal { portal in
        try portal.submit(.createSite(Draft([.siteCode: "CAS", .siteType: "central administration"])))
        try portal.submit(.createSite(Draft([.siteCode: "PS1", .siteType: "primary", .siteParent: "CAS"])))
        try body(
            ComponentHierarchy(
                portal: portal, top: try #require(SiteCode.check("CAS").value),
                child: try #require(SiteCode.check("PS1").value)))
    }
}
