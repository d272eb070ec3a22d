import Domain
import Workflow

extension SQLiteReader {
    func component(of site: SiteCode) throws -> ComponentRecord? {
        try Statement(db, "SELECT \(ComponentRow.columns) FROM \(ComponentRow.source) WHERE component.site = ?1")
            .bind(1, site.text).first(ComponentRow.record)
    }

    func components() throws -> [ComponentRecord] {
        try Statement(db, "SELECT \(ComponentRow.columns) FROM \(ComponentRow.source) ORDER BY component.site")
            .map(ComponentRow.record)
    }
}
