import Domain
import Workflow

/// The imports that were begun in the browser and are not decided yet.
actor ImportDesk {
    private let store: any ConfigurationStore & ImportStore
    private let clock: @Sendable () -> Int64
    private let makeID: @Sendable () -> String
    private var imports: [String: OpenImport] = [:]
    /// Where those that ended led, so that sending a confirmation twice shows the first answer.
    private var saved: [Saved] = []

    /// An import that was saved.
    struct Saved: Sendable {
        let id: String
        /// Nil when there was nothing to write.
        let changeSet: Int?
    }

    /// How many may wait for a decision at once: each keeps a file as large as what was read.
    static let mostImports = 8
    private static let rememberedEnds = 100
    /// How long an import may wait, in milliseconds (CONTRACTS 3).
    static let longestWait: Int64 = 24 * 60 * 60 * 1000

    init(
        store: any ConfigurationStore & ImportStore, clock: @escaping @Sendable () -> Int64,
        makeID: @escaping @Sendable () -> String
    ) {
        self.store = store
        self.clock = clock
        self.makeID = makeID
    }

    /// Begins an import.
    ///
    /// - Throws: ``ProgramFailure/importRunning``, or ``Refusal/tooManyImports``.
    func begin(announced: Int64?) async throws -> OpenImport {
        await forgetOld()
        guard imports.count < Self.mostImports else { throw Refusal.tooManyImports }
        let opened = try OpenImport(id: makeID(), store: store, clock: clock, announced: announced)
        imports[opened.id] = opened
        Task {
            try await Task.sleep(for: .milliseconds(Self.longestWait))
            await self.forgetOld()
        }
        return opened
    }

    func find(_ id: String) async -> OpenImport? {
        await forgetOld()
        return imports[id]
    }

    /// The open imports, the latest first.
    func all() async -> [OpenImport] {
        await forgetOld()
        return imports.values.sorted { $0.began > $1.began }
    }

    /// Ends an import without saving it.
    func discard(_ opened: OpenImport) async {
        imports[opened.id] = nil
        await opened.discard()
    }

    /// Ends an import that somebody cancelled.
    ///
    /// - Returns: what it was saved as, when it was saved before that.
    func cancel(_ opened: OpenImport) async -> Saved? {
        if await opened.cancel() {
            imports[opened.id] = nil
            return nil
        }
        return Saved(id: opened.id, changeSet: await opened.savedAs ?? nil)
    }

    /// Ends an import that was saved.
    func end(_ opened: OpenImport, changeSet: Int?) async {
        saved.append(Saved(id: opened.id, changeSet: changeSet))
        if saved.count > Self.rememberedEnds { saved.removeFirst() }
        await discard(opened)
    }

    /// What an import that has ended was saved as; nil when none with this id was saved.
    func savedAs(_ id: String) -> Saved? { saved.last { $0.id == id } }

    private func forgetOld() async {
        let limit = clock() - Self.longestWait
        for opened in imports.values where opened.began <= limit { await discard(opened) }
    }
}
