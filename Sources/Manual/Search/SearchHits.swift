/// Where a statement found what it looked for, row by row.
struct SearchHits {
    struct Hit {
        /// The number of the phrase in the expression.
        let phrase: Int
        let column: Int
        /// The place of its first word in the column.
        let offset: Int
    }

    /// A row with its part of the hits.
    struct Row {
        let passage: Int
        var hits: Range<Int>
    }

    private(set) var rows: [Row] = []
    private(set) var hits: [Hit] = []

    mutating func begin(passage: Int) {
        rows.append(Row(passage: passage, hits: hits.count..<hits.count))
    }

    mutating func add(_ hit: Hit) {
        hits.append(hit)
        rows[rows.count - 1].hits = rows[rows.count - 1].hits.lowerBound..<hits.count
    }
}
