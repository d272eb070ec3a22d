import GRDB

extension SQLiteStore {
    /// Judges everything that is stored again, and tells anew what is stale, in one transaction.
    ///
    /// - Throws: ``ProgramFailure``.
    public func rebuildFindings() throws {
        try Self.mapped {
            try pool.write { db in
                try DerivedFindings(db: db).rebuild()
                try DerivedStaleness(db: db).rebuild()
            }
        }
    }
}
