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
    private let latest: Mutex<(edition: Int, search: ManualSearch)?> = Mutex(nil)
    private let queue = DispatchQueue(label: "proxydesk.runbooks")

    init(_ runbooks: Runbooks, manual: Manual) {
        self.runbooks = runbooks
        self.manual = manual
    }

    /// The documents as the folder is now.
    func section() async -> Runbooks.Section {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.runbooks.section) }
        }
    }

    /// A search over the manual and the documents.
    ///
    /// - Throws: `SearchFailure`.
    func search() async throws -> ManualSearch {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try self.currentSearch() }) }
        }
    }

    private func currentSearch() throws -> ManualSearch {
        let section = runbooks.section
        if let latest = latest.withLock({ $0 }), latest.edition == section.edition { return latest.search }
        let search = try ManualSearch(
            pages: manual.pages + section.pages.map(\.page), synonyms: manual.searchSynonyms)
        latest.withLock { $0 = (section.edition, search) }
        return search
    }
}

extension ManualSite {
    /// The list of an organisation's documents, or one of them.
    ///
    /// - Throws: ``Refusal/notFound``.
    func runbook(_ path: String, on shelf: RunbookShelf, for visit: Visit) async throws -> Answer {
        let section = await shelf.section()
        let bytes: [UInt8]
        if path == Runbooks.address {
            bytes = try pages.render(RunbookIndexPage(section))
        } else if let runbook = section.page(at: path) {
            bytes = try pages.render(RunbookArticlePage(runbook, in: section, of: manual))
        } else {
            throw Refusal.notFound
        }
        return ReadyAnswer(bytes, headers: .manualPage).answer(to: visit.request.head)
    }
}
