import Foundation

/// Puts the pages of a statement's hits in order.
///
/// The measure is BM25 (Robertson, Zaragoza, "The Probabilistic Relevance Framework", 2009) with a weight for each column: a word
/// counts for more the fewer rows have it, and in a text for less the longer the text is. Beside that count words that stand next to each
/// other as in the query, and a heading that is the query comes before everything else.
struct SearchRanking {
    /// A page that was found, with the best of its rows.
    struct Page {
        let page: Int
        /// The place of the best row among the hits' rows.
        let row: Int
        /// Whether the title or a heading is the query.
        let isNamed: Bool
        let score: Float
        /// Whether every word of the query that stands anywhere stands on this page.
        let isComplete: Bool
    }

    private let expression: SearchExpression
    private let words: Int
    private let hits: SearchHits
    private let passages: [IndexedPassage]
    private let averageLength: Float
    /// What the section of each page counts for.
    private let weights: [Float]
    /// What each word counts for; 0 of one that is nowhere.
    private let rarity: [Float]

    private static let columns = IndexedPassage.Column.allCases
    private static let saturation: Float = 1.2
    private static let lengthShare: Float = 0.75
    /// What a hit counts for that only begins like the word.
    private static let prefixShare: Float = 0.35
    /// What the rest of a page adds to its best row.
    private static let pageShare: Float = 0.4

    init(
        _ hits: SearchHits, _ expression: SearchExpression, words: Int, _ passages: [IndexedPassage],
        averageLength: Float, weights: [Float]
    ) {
        self.hits = hits
        self.expression = expression
        self.words = words
        self.passages = passages
        self.averageLength = averageLength
        self.weights = weights
        rarity = Self.rarity(hits, expression, words: words, rows: passages.count)
    }

    /// A word that only other words begin with is as rare as those.
    private static func rarity(
        _ hits: SearchHits, _ expression: SearchExpression, words: Int, rows: Int
    ) -> [Float] {
        var (whole, begun) = ([Int](repeating: 0, count: words), [Int](repeating: 0, count: words))
        for row in hits.rows {
            var (isWhole, isBegun): (UInt32, UInt32) = (0, 0)
            for hit in hits.hits[row.hits] {
                let phrase = expression.phrases[hit.phrase]
                if phrase.kind == .prefix { isBegun |= 1 << phrase.word } else { isWhole |= 1 << phrase.word }
            }
            for word in 0..<words {
                if isWhole & 1 << word != 0 { whole[word] += 1 }
                if isBegun & 1 << word != 0 { begun[word] += 1 }
            }
        }
        return zip(whole, begun).map { whole, begun in
            let count = Float(whole > 0 ? whole : begun)
            return count == 0 ? 0 : log(1 + (Float(rows) - count + 0.5) / (count + 0.5))
        }
    }

    /// Whether a word was found nowhere, not even as the beginning of another.
    func isMissing(_ word: Int) -> Bool { rarity[word] == 0 }

    /// The pages, best first.
    func pages() -> [Page] {
        var best: [Int: Best] = [:]
        var scorer = RowScorer(columns: Self.columns.count, words: words)
        for (index, row) in hits.rows.enumerated() {
            let passage = passages[row.passage]
            let scores = score(row, passage, &scorer)
            best[passage.page, default: Best(words: words)].take(scores, scorer, row: index)
        }
        return best.map { page, best in finished(best, page: page) }
            .sorted { one, other in
                if one.isNamed != other.isNamed { return one.isNamed }
                return one.score == other.score ? one.page < other.page : one.score > other.score
            }
    }

    private func finished(_ best: Best, page: Int) -> Page {
        var (score, covered) = (best.score, Float(0))
        for word in 0..<words {
            score += Self.pageShare * (best.highest[word] - best.ofRow[word])
            if best.highest[word] > 0 { covered += rarity[word] }
        }
        let all = rarity.reduce(0, +)
        let share = all > 0 ? covered / all : 0
        return Page(
            page: page, row: best.row, isNamed: best.isNamed,
            score: score * (0.2 + 0.8 * share * share) * weights[page],
            isComplete: share > 0.999)
    }

    /// The best row of a page so far, and the best score of each word on the page.
    private struct Best {
        var row = 0
        var isNamed = false
        var score: Float = -1
        var ofRow: [Float]
        var highest: [Float]

        init(words: Int) {
            ofRow = [Float](repeating: 0, count: words)
            highest = ofRow
        }

        mutating func take(_ scores: [Float], _ scorer: RowScorer, row: Int) {
            var sum = scorer.bonus
            for word in scores.indices {
                sum += scores[word]
                highest[word] = max(highest[word], scores[word])
            }
            let isBetter = scorer.isNamed == isNamed ? sum > score : scorer.isNamed
            if isBetter { (self.row, isNamed, score, ofRow) = (row, scorer.isNamed, sum, scores) }
        }
    }

    /// What each word of the query is worth in a row.
    private func score(_ row: SearchHits.Row, _ passage: IndexedPassage, _ scorer: inout RowScorer) -> [Float] {
        scorer.reset()
        for index in row.hits { scorer.count(hits.hits[index], expression.phrases[hits.hits[index].phrase]) }
        for index in row.hits { count(neighboursOf: index, before: row.hits.upperBound, &scorer) }
        var scores = [Float](repeating: 0, count: words)
        for column in Self.columns where scorer.covered[column.rawValue] > 0 || scorer.hasPrefix[column.rawValue] {
            let length = Float(passage[column].tokens.count)
            var isWhole = column.isName && scorer.covered[column.rawValue] == passage[column].tokens.count
            let fill = 0.4 + 0.6 * min(1, Float(scorer.covered[column.rawValue]) / max(length, 1))
            for word in 0..<words {
                let (whole, begun) = scorer.counts(column.rawValue, word)
                if whole == 0 { isWhole = false }
                let amount = whole + Self.prefixShare * begun
                if amount == 0 { continue }
                let measure =
                    column == .text
                    ? amount * (Self.saturation + 1)
                        / (amount + Self.saturation * (1 - Self.lengthShare + Self.lengthShare * length / averageLength))
                    : min(1, amount) * fill
                scores[word] += column.weight * rarity[word] * measure
            }
            if isWhole { scorer.isNamed = true }
        }
        return scores
    }

    /// Words that stand beside each other in the query and here.
    private func count(neighboursOf index: Int, before end: Int, _ scorer: inout RowScorer) {
        let hit = hits.hits[index]
        let phrase = expression.phrases[hit.phrase]
        guard phrase.kind != .prefix else { return }
        for next in (index + 1)..<max(end, index + 1) {
            let other = hits.hits[next]
            guard other.column == hit.column, other.offset <= hit.offset + phrase.length else { return }
            let following = expression.phrases[other.phrase]
            if other.offset == hit.offset + phrase.length, following.word == phrase.word + 1, following.kind != .prefix
            {
                let weight = Self.columns[hit.column].weight
                scorer.neighbours(hit.column, worth: 0.5 * weight * (rarity[phrase.word] + rarity[following.word]) / 2)
            }
        }
    }
}

/// The counts of one row; one object for all rows of a search.
private struct RowScorer {
    private(set) var bonusOfColumns: [Float]
    /// How many words of each column the hits lie on.
    private(set) var covered: [Int]
    private(set) var hasPrefix: [Bool]
    private var coveredUntil: [Int]
    private var whole: [Float]
    private var begun: [Float]
    private let words: Int
    private static let meantShare: Float = 0.9
    var bonus: Float = 0
    /// Whether a title or a heading is the query.
    var isNamed = false

    init(columns: Int, words: Int) {
        self.words = words
        bonusOfColumns = [Float](repeating: 0, count: columns)
        covered = [Int](repeating: 0, count: columns)
        coveredUntil = covered
        hasPrefix = [Bool](repeating: false, count: columns)
        whole = [Float](repeating: 0, count: columns * words)
        begun = whole
    }

    mutating func reset() {
        (bonus, isNamed) = (0, false)
        for column in covered.indices {
            (bonusOfColumns[column], covered[column], coveredUntil[column], hasPrefix[column]) = (0, 0, 0, false)
        }
        for index in whole.indices { (whole[index], begun[index]) = (0, 0) }
    }

    mutating func count(_ hit: SearchHits.Hit, _ phrase: SearchExpression.Phrase) {
        let place = hit.column * words + phrase.word
        if phrase.kind == .prefix {
            begun[place] += 1
            hasPrefix[hit.column] = true
            return
        }
        whole[place] += phrase.kind == .typed ? 1 : Self.meantShare
        let end = hit.offset + phrase.length
        covered[hit.column] += max(0, end - max(coveredUntil[hit.column], hit.offset))
        coveredUntil[hit.column] = max(coveredUntil[hit.column], end)
    }

    /// A word that is found whole is found by its beginning too.
    func counts(_ column: Int, _ word: Int) -> (whole: Float, begun: Float) {
        let place = column * words + word
        return (whole[place], max(0, begun[place] - whole[place]))
    }

    /// Once for a column: a text that repeats a pair is not better for it.
    mutating func neighbours(_ column: Int, worth: Float) {
        guard worth > bonusOfColumns[column] else { return }
        bonus += worth - bonusOfColumns[column]
        bonusOfColumns[column] = worth
    }
}
