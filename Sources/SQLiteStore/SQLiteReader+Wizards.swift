import Domain
import GRDB
import Workflow

extension SQLiteReader {
    func wizardDraft(_ id: String) throws -> WizardDraft? {
        try Statement(db, "SELECT \(WizardDraftRow.columns) FROM wizard_draft WHERE id = ?1").bind(1, id)
            .first(WizardDraftRow.draft)
    }

    func openWizardDrafts(_ list: WizardDraftList) throws -> [WizardDraft] {
        let (condition, value) =
            switch list {
            case .ofServer(let name): ("server_key = ?1", name.folded)
            case .atSite(let code): ("site = ?1", code.text)
            case .newServers: ("kind = ?1", WizardKind.createServer.rawValue)
            }
        let sql = """
            SELECT \(WizardDraftRow.columns) FROM wizard_draft WHERE \(condition) AND change_set IS NULL
            AND (kind = 'create-server' OR EXISTS (SELECT 1 FROM server WHERE key = server_key))
            ORDER BY touched DESC, id
            """
        return try Statement(db, sql).bind(1, value).map(WizardDraftRow.draft)
    }

    func server(holding role: RoleName, at site: SiteCode?, besides other: HostName?) throws -> HostName? {
        let sql = """
            SELECT server.name FROM role JOIN server ON server.id = role.server
            WHERE role.key = ?1 AND intended = 1 AND server.key <> ?2 \(site == nil ? "" : "AND server.site = ?3")
            ORDER BY server.key LIMIT 1
            """
        let statement = try Statement(db, sql).bind(1, role.folded).bind(2, other?.folded ?? "")
        if let site { statement.bind(3, site.text) }
        return try statement.first { $0.text(0) ?? "" }.flatMap { HostName.check($0, label: "").value }
    }
}

extension SQLiteWriter {
    func save(_ draft: WizardDraft) throws {
        let upsert = try Statement(
            db,
            "INSERT OR REPLACE INTO wizard_draft (\(WizardDraftRow.columns)) VALUES (\(WizardDraftRow.placeholders))")
        try WizardDraftRow.bind(draft, to: upsert)
        try upsert.run()
    }

    func removeWizardDraft(_ id: String) throws {
        try Statement(db, "DELETE FROM wizard_draft WHERE id = ?1").bind(1, id).run()
    }

    func removeWizardDrafts(untouchedSince time: Int64) throws {
        try Statement(db, "DELETE FROM wizard_draft WHERE touched < ?1").bind(1, Int(time)).run()
    }
}
