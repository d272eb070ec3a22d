import Domain

/// Puts items together from the rows of a database query: each row holds one property of an item, and the rows of one item
/// must follow one another, so that one item at a time is kept.
struct RowItems {
    private var item = CapturedRecord(texts: .escaped)
    private var isOpen = false
    /// The items that have ended, each as a number made of what names it.
    private var ended: Set<Int> = []

    /// Takes a row; gives the item before it, if that has ended with it.
    ///
    /// Throws a `Refusal` when the row belongs to an item that has ended before.
    mutating func add(_ row: inout CapturedRecord, _ passedOver: inout PassedOver) throws(Refusal) -> CapturedRecord? {
        if isOpen, item.isNamed(as: row) {
            try item.takeProperty(of: &row)
            try item.endProperty(&passedOver)
            return nil
        }
        guard row.hasRowNames else { throw Self.unnamed(at: row.position) }
        if ended.contains(row.nameHash) { throw Self.outOfOrder(at: row.position) }
        let before = end()
        isOpen = true
        swap(&item, &row)
        item.hasProperties = true
        try item.endProperty(&passedOver)
        return before
    }

    /// Ends the item that is open and gives it.
    mutating func end() -> CapturedRecord? {
        guard isOpen else { return nil }
        isOpen = false
        ended.insert(item.nameHash)
        return item
    }

    private static func unnamed(at position: Position) -> Refusal {
        Refusal(
            .importRows, at: position,
            "This row of a database query does not say which item its property belongs to. Let the query give the columns "
                + "ServerName, SiteCode, RoleName, Name, Value1, Value2 and Value3.")
    }

    private static func outOfOrder(at position: Position) -> Refusal {
        Refusal(
            .importRows, at: position,
            "This row belongs to a server and role whose rows ended before others began, so that its values may be lost. "
                + "End the query with ORDER BY ServerName, SiteCode, RoleName and export again.")
    }
}

extension CapturedRecord {
    /// What tells one item from another.
    private static let names: [RecordField] = [.serverName, .networkOSPath, .nalPath, .roleName, .siteCode]

    fileprivate var hasRowNames: Bool {
        self[.roleName].isPresent && Self.names.prefix(3).contains { self[$0].isPresent }
    }

    fileprivate func isNamed(as other: CapturedRecord) -> Bool {
        Self.names.allSatisfy { self[$0].saysTheSame(as: other[$0]) }
    }

    fileprivate var nameHash: Int {
        var hasher = Hasher()
        for name in Self.names { hasher.combine(self[name].bytes) }
        return hasher.finalize()
    }
}
