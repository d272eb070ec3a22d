import Dispatch
import HummingbirdCore
import Manual
import Pages
import Synchronization

/// An organisation's documents beside the manual: their pages, and a search over both. Everything is made anew when the folder
/// changed, on a thread that may block.
final class RunbookShelf: Sendable {
    private let runbooks: Runbooks
    private let manual: Manual
    private let latest = Mutex(Latest())
    private let queue = DispatchQueue(label: "proxydesk.runbooks")

    /// What was made last, and whether something is being made: whoever asks meanwhile has what was there before.
    private struct Latest {
        var section: Runbooks.Section?
        var search: (edition: Int, search: ManualSearch)?
        /// The pages that were asked for since the folder changed, by their addresses.
        var answers: [String: ReadyAnswer] = [:]
        var edition = 0
        var isWorking = false
    }

    init(_ runbooks: Runbooks, manual: Manual) {
        self.runbooks = runbooks
        self.manual = manual
    }

    /// Reads the folder, and makes the search over it, before anybody asks.
    func prepare() {
        queue.async { _ = try? self.working { try self.currentSearch() } }
    }

    /// The documents as the folder is now, for who has nobody else to serve meanwhile.
    func sectionNow() -> Runbooks.Section { runbooks.section }

    /// The answer for a page of one edition of the section: made once, when it is first asked for.
    func answer(for path: String, of edition: Int, _ make: () throws -> [UInt8]) rethrows -> ReadyAnswer {
        if let made = latest.withLock({ $0.edition == edition ? $0.answers[path] : nil }) { return made }
        let answer = ReadyAnswer(try make(), headers: .manualPage)
        latest.withLock { latest in
            if latest.edition < edition { (latest.edition, latest.answers) = (edition, [:]) }
            if latest.edition == edition { latest.answers[path] = answer }
        }
        return answer
    }

    /// The documents as the folder is now.
    func section() async -> Runbooks.Section {
        if let before = latest.withLock({ $0.isWorking ? $0.section : nil }) { return before }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.working { self.currentSection() }) }
        }
    }

    /// A search over the manual and the documents.
    ///
    /// - Throws: `SearchFailure`.
    func search() async throws -> ManualSearch {
        if let before = latest.withLock({ $0.isWorking ? $0.search?.search : nil }) { return before }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.working { try self.currentSearch() } }) }
        }
    }

    private func working<Made>(_ make: () throws -> Made) rethrows -> Made {
        latest.withLock { $0.isWorking = true }
        defer { latest.withLock { $0.isWorking = false } }
        return try make()
    }

    private func currentSection() -> Runbooks.Section {
        let section = runbooks.section
        latest.withLock { $0.section = section }
        return section
    }

    private func currentSearch() throws -> ManualSearch {
        let section = currentSection()
        if let made = latest.withLock({ $0.search }), made.edition == section.edition { return made.search }
        let search = try ManualSearch(
            pages: manual.pages + section.pages.map(\.page), synonyms: manual.searchSynonyms)
        latest.withLock { $0.search = (section.edition, search) }
        return search
    }
}

extension ManualSite {
    /// The list of an organisation's documents, or one of them.
    ///
    /// - Throws: ``Refusal/notFound``.
    func runbook(_ path: String, on shelf: RunbookShelf, for visit: Visit) async throws -> Answer {
        let section = await shelf.section()
        let page: any Page
        if path == Runbooks.address {
            page = RunbookIndexPage(section)
        } else if let runbook = section.page(at: path) {
            page = RunbookArticlePage(runbook, in: section, of: manual)
        } else {
            throw Refusal.notFound
        }
        let answer = try shelf.answer(for: path, of: section.edition) { try pages.render(page) }
        return answer.answer(to: visit.request.head)
    }
}
