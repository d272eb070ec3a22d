import Domain
import Foundation
import Workflow

/// The columns of table `wizard_draft`.
enum WizardDraftRow {
    static let columns = """
        id, kind, server, server_key, site, state, server_revision, component_revision, answers, refused, touched, change_set
        """
    static let placeholders = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12"

    static func bind(_ draft: WizardDraft, to statement: Statement) throws {
        statement.bind(1, draft.id).bind(2, draft.kind.rawValue).bind(3, draft.server)
        statement.bind(4, draft.server.asciiFolded).bind(5, draft.site?.text).bind(6, draft.state)
        statement.bind(7, draft.serverRevision).bind(8, draft.componentRevision)
        statement.bind(9, try json(draft.answers)).bind(10, try json(draft.refused))
        statement.bind(11, Int(draft.touched)).bind(12, draft.changeSet)
    }

    static func draft(_ row: Statement) throws -> WizardDraft {
        let id = row.text(0) ?? ""
        guard let kind = WizardKind(rawValue: row.text(1) ?? "") else {
            throw ProgramFailure.storage(cause: "wizard draft \(id) is of no known kind")
        }
        return WizardDraft(
            id: id, kind: kind, server: row.text(2) ?? "", site: SiteCode.check(row.text(4) ?? "").value,
            answers: try answers(row.text(8)), refused: try answers(row.text(9)), state: row.int(5),
            serverRevision: row.int(6), componentRevision: row.int(7), touched: Int64(row.int(10)),
            changeSet: row.optionalInt(11))
    }

    private static func json(_ answers: [WizardStep: [String: String]]) throws -> String {
        let texts = Dictionary(uniqueKeysWithValues: answers.map { ($0.key.rawValue, $0.value) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(texts), as: UTF8.self)
    }

    /// Answers on steps this program does not have are passed over: a wizard may lose a page between versions.
    private static func answers(_ json: String?) throws -> [WizardStep: [String: String]] {
        let texts = try JSONDecoder().decode([String: [String: String]].self, from: Data((json ?? "{}").utf8))
        return Dictionary(
            uniqueKeysWithValues: texts.compactMap { step, answers in
                WizardStep(rawValue: step).map { ($0, answers) }
            })
    }
}
