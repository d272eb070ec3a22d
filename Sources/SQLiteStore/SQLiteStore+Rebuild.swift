import GRDB

extension SQLiteStore {
    /// Derives everything again that is derived from what is stored: flows, findings, and what is stale; in one transaction.
    ///
    /// - Throws: ``ProgramFailure``.
    public func rebuildDerived() throws {
        try Self.mapped {
            try pool.write { db in
                try DerivedFlows(db: db).rebuild()
                try DerivedFindings(db: db).rebuild()
                try DerivedStaleness(db: db).rebuild()
            }
        }
    }
}
