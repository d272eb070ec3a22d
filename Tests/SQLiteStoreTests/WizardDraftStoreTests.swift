import Domain
import TestSupport
import Testing
import Workflow

@testable import SQLiteStore

@Suite("Drafts of wizards in the store")
struct WizardDraftStoreTests {
    private func draft(_ id: String, touched: Int64 = 1_000) -> WizardDraft {
        WizardDraft(
            id: id, kind: .createServer, server: "New.contoso.com", site: SiteCode.check("PS1").value,
            answers: [
                .general: ["general.forest": "a \"quoted\" <b> ’\n\\", "server.name": "New.contoso.com"], .roles: [:],
            ],
            refused: [.proxy: ["proxy.port": "70000"]], state: 7, serverRevision: 3, componentRevision: 4,
            touched: touched)
    }

    @Test("a draft comes back as it was saved, over the one before")
    func roundTrip() throws {
        try withPortal { portal in
            var draft = draft("abc2")
            try portal.store.write { try $0.save(draft) }
            #expect(try portal.store.read { try $0.wizardDraft("abc2") } == draft)
            draft.accept(["proxy.use": "false"], on: .proxy, at: 2_000)
            try portal.store.write { try $0.save(draft) }
            #expect(try portal.store.read { try $0.wizardDraft("abc2") } == draft)
            #expect(try portal.store.read { try $0.wizardDraft("abc3") } == nil)
        }
    }

    @Test("drafts nobody touched for 30 days go, at a start and when another is begun")
    func old() throws {
        try withPortal { portal in
            let now = portal.clock.now()
            try portal.store.write { writing in
                try writing.save(draft("old2", touched: now - WizardDraft.lifetime - 1))
                try writing.save(draft("new2", touched: now - WizardDraft.lifetime))
            }
            let wizards = WizardSubmission(store: portal.store, clock: portal.clock.now) { "begun2" }
            try wizards.removeOld()
            #expect(try portal.store.read { try $0.wizardDraft("old2") } == nil)
            #expect(try portal.store.read { try $0.wizardDraft("new2") } != nil)

            portal.clock.advance(milliseconds: 1)
            try portal.submit(.createSite(Draft([.siteCode: "PS1"])))
            let begun = try wizards.beginCreating(Draft([.serverName: "cm01.contoso.com", .serverSite: "PS1"]))
            #expect(begun.draft?.id == "begun2")
            #expect(try portal.store.read { try $0.openWizardDrafts(.newServers) }.map(\.id) == ["begun2"])
        }
    }

    @Test("the sample hierarchy takes the drafts about it along")
    func sample() throws {
        try withPortal { portal in
            try portal.store.write { writing in
                try writing.markSample(true)
                try writing.save(draft("abc2"))
            }
            try portal.submit(.removeSample)
            #expect(try portal.store.read { try $0.wizardDraft("abc2") } == nil)
        }
    }

    @Test("another process, and the next start, find the draft again")
    func reopened() throws {
        try withPortal { portal in
            let draft = draft("abc2")
            try portal.store.write { try $0.save(draft) }
            let other = try SQLiteStore(folder: DataFolder(path: portal.path, use: .shared))
            #expect(try other.read { try $0.wizardDraft("abc2") } == draft)
        }
    }
}
