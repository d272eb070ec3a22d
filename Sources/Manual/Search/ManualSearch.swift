/// Full-text search over pages of the manual. It is made once and asked from many threads at once; made again, over any list of pages,
/// when there are others.
public struct ManualSearch: Sendable {
    private let pages: [ManualPage]
    private let passages: [IndexedPassage]
    private let averageLength: Float
    private let weights: [Float]
    private let vocabulary: SearchVocabulary
    private let synonyms: SearchSynonyms
    private let database: SearchDatabase

    /// The most pages of an answer.
    public static let mostPages = 20
    /// With as many pages that have all words, those with some of them are left out.
    private static let enoughPages = 3
    /// How good a page with some of the words must be beside the best one.
    private static let sharedScore: Float = 0.3

    /// - Throws: ``SearchFailure`` when SQLite has no FTS5, or no memory.
    public init(pages: [ManualPage], synonyms: SearchSynonyms) throws(SearchFailure) {
        self.pages = pages
        self.synonyms = synonyms
        passages = pages.indices.flatMap { IndexedPassage.rows(of: pages[$0], at: $0) }
        let lengths = passages.reduce(0) { $0 + $1[.text].tokens.count }
        weights = pages.map(\.searchWeight)
        averageLength = max(1, Float(lengths) / Float(max(1, passages.count)))
        vocabulary = SearchVocabulary(passages, synonyms)
        database = try SearchDatabase(passages)
    }

    /// The search over a manual as it was read.
    ///
    /// - Throws: ``SearchFailure``.
    public init(_ manual: Manual) throws(SearchFailure) {
        try self.init(pages: manual.pages, synonyms: manual.searchSynonyms)
    }

    /// What the pages have to a text that may be anything.
    ///
    /// A word that is nowhere is replaced by one that is a letter away. Pages with all words come first; those with some of them follow
    /// where there are few.
    ///
    /// - Throws: ``SearchFailure`` when SQLite fails, which no text brings about.
    public func results(for typed: String) throws(SearchFailure) -> SearchResults {
        let query = SearchQuery(typed, synonyms)
        guard !query.words.isEmpty else { return SearchResults(query: query.text, missing: [], total: 0, pages: []) }
        let first = try attempt(query)
        let missing = query.words.indices.filter(first.ranking.isMissing)
        if missing.isEmpty { return answer(first, missing: []) }
        let (mended, replaced) = mend(query, missing)
        guard let mended, !mended.words.isEmpty else { return answer(first, missing: replaced) }
        return answer(try attempt(mended), missing: replaced)
    }

    /// A query with what its statement found.
    private struct Attempt {
        let query: SearchQuery
        let expression: SearchExpression
        let hits: SearchHits
        let ranking: SearchRanking
    }

    private func attempt(_ query: SearchQuery) throws(SearchFailure) -> Attempt {
        let expression = SearchExpression(query) { !vocabulary.contains($0) }
        let hits = try database.hits(of: expression)
        let ranking = SearchRanking(
            hits, expression, words: query.words.count, passages, averageLength: averageLength, weights: weights)
        return Attempt(query: query, expression: expression, hits: hits, ranking: ranking)
    }

    /// The query with words that the manual has, in place of those it has not; nil where there are none.
    private func mend(_ query: SearchQuery, _ missing: [Int]) -> (SearchQuery?, [SearchResults.Missing]) {
        var (mended, replaced) = (query, [SearchResults.Missing]())
        mended.words = query.words.enumerated().flatMap { index, word -> [SearchQuery.Word] in
            guard missing.contains(index) else { return [word] }
            if word.tokens.count > 1 { return word.tokens.map(single) }
            if let (letters, number) = SearchQuery.parts(of: word.tokens[0]), vocabulary.contains(number) {
                replaced.append(SearchResults.Missing(word: word.shown, instead: "\(letters) \(number)"))
                return [letters, number].filter { $0 == number || vocabulary.contains($0) }.map(single)
            }
            let neighbour = vocabulary.neighbour(of: word.tokens[0])
            replaced.append(SearchResults.Missing(word: word.shown, instead: neighbour))
            return neighbour.map { [single($0)] } ?? []
        }
        mended.words = Array(mended.words.prefix(SearchQuery.mostWords))
        let isChanged = mended.words.map(\.tokens) != query.words.map(\.tokens)
        return (isChanged ? mended : nil, replaced)
    }

    private func single(_ word: String) -> SearchQuery.Word {
        SearchQuery.Word(shown: word, tokens: [word], meanings: synonyms.meanings(of: [word]) ?? [])
    }

    private func answer(_ attempt: Attempt, missing: [SearchResults.Missing]) -> SearchResults {
        let ranked = attempt.ranking.pages()
        var wanted = ranked.filter(\.isComplete)
        if wanted.count < Self.enoughPages, let best = ranked.first {
            wanted = ranked.filter { $0.isComplete || $0.isNamed || $0.score >= best.score * Self.sharedScore }
        }
        return SearchResults(
            query: attempt.query.text, missing: missing, total: wanted.count,
            pages: wanted.prefix(Self.mostPages).map { found($0, attempt) })
    }

    private func found(_ ranked: SearchRanking.Page, _ attempt: Attempt) -> SearchResults.FoundPage {
        let row = attempt.hits.rows[ranked.row]
        let (page, passage) = (pages[ranked.page], passages[row.passage])
        let hits = attempt.hits.hits[row.hits]
        let places = { (column: IndexedPassage.Column) in
            hits.filter { $0.column == column.rawValue }.map { hit in
                let phrase = attempt.expression.phrases[hit.phrase]
                return (place: hit.offset..<(hit.offset + phrase.length), word: phrase.word)
            }
        }
        let shown: IndexedPassage.Column =
            passage.id == nil && places(.text).count <= places(.description).count ? .description : .text
        let title = passage.id == nil ? passage[.title] : IndexedPassage.Field(page.title)
        return SearchResults.FoundPage(
            link: passage.id.map { page.path + "#" + $0 } ?? page.path, path: page.path, section: page.section,
            title: SearchMarks.whole(title, places(.title).map(\.place)),
            heading: passage.id == nil ? nil : SearchMarks.whole(passage[.heading], places(.heading).map(\.place)),
            snippet: SearchMarks.snippet(passage[shown], places(shown)))
    }
}

extension ManualPage {
    /// What the search holds the page for beside others. Whoever types the name of a role wants to know what it is before which
    /// ports it uses.
    var searchWeight: Float {
        switch path {
        case RoleTable.path: 1.4
        case PortTable.path: 0.6
        default: section.searchWeight
        }
    }
}

extension ManualPage.Section {
    /// Whoever searches has a question more often than a name to look up.
    fileprivate var searchWeight: Float {
        switch self {
        case .troubleshooting: 1.25
        case .concepts, .howTo, .runbooks: 1.2
        case .reference, .fields: 1
        case .about: 0.9
        case .rules: 0.85
        }
    }
}
