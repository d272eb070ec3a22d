import GRDB

extension SQLiteStore {
    /// Judges everything that is stored again, in one transaction.
    ///
    /// - Throws: ``ProgramFailure``.
    public func rebuildFindings() throws {
        try Self.mapped { try pool.write { try DerivedFindings(db: $0).rebuild() } }
    }
}
