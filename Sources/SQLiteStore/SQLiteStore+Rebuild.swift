import GRDB

extension SQLiteStore {
    /// Derives everything again that is derived from what is stored: flows, findings, and what is stale; in one transaction.
    ///
    /// - Throws: ``ProgramFailure``.
    public func rebuildDerived() throws {
        try Self.mapped { try pool.write(Self.rebuildDerived) }
    }

    static func rebuildDerived(_ db: Database) throws {
        let flows = DerivedFlows(db: db)
        let findings = DerivedFindings(db: db)
        try flows.beginRebuild()
        try findings.beginRebuild()
        try SQLiteReader(db: db).eachServer(site: nil) { record in
            try flows.rebuild(record)
            try findings.rebuild(record)
        }
        try flows.finishRebuild()
        try findings.finishRebuild()
        try DerivedStaleness(db: db).rebuild()
    }
}
