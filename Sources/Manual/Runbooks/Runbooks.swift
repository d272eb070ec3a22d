import Foundation
import Synchronization

/// An organisation's own documents as a section of the manual. The folder is looked at again when pages are asked for, and read
/// again when something in it changed.
public final class Runbooks: Sendable {
    /// Where they are listed; a document's address begins with it.
    public static let address = "/manual/runbooks"

    /// The section at one moment.
    public struct Section: Sendable {
        /// In the order of their paths.
        public let pages: [RunbookPage]
        /// What in the folder is not shown, and why, a sentence each.
        public let refused: [String]
        /// Changes whenever something is read again.
        public let edition: Int
        private let places: [String: Int]

        init(pages: [RunbookPage], refused: [String], edition: Int) {
            self.pages = pages
            self.refused = refused
            self.edition = edition
            places = Dictionary(zip(pages.map(\.page.path), pages.indices)) { first, _ in first }
        }

        /// The page at an address below `/manual/runbooks/`.
        public func page(at path: String) -> RunbookPage? { places[path].map { pages[$0] } }
    }

    private struct State: Sendable {
        var section: Section
        var files: [RunbookFolder.File]
        var refused: [String]
        var looked: Int64
        /// Whether somebody reads the folder again just now.
        var isReading = false

        func counts(at now: Int64) -> Bool { isReading || (now >= looked && now - looked < Runbooks.patience) }
    }

    /// How long a look at the folder counts, in milliseconds: a page that loads looks once.
    private static let patience: Int64 = 1000

    private let folder: RunbookFolder
    private let isManualPage: @Sendable (String) -> Bool
    private let clock: @Sendable () -> Int64
    private let state: Mutex<State?> = Mutex(nil)

    /// - Parameters:
    ///   - directory: the folder.
    ///   - manual: whose pages runbooks may lead to.
    ///   - clock: milliseconds since 1970.
    public init(directory: String, manual: Manual, clock: @escaping @Sendable () -> Int64) {
        folder = RunbookFolder(directory: directory)
        let lists: Set = ["/manual", "/manual/a-z", "/manual/all", "/search"]
        isManualPage = { lists.contains($0) || manual.page(at: $0) != nil }
        self.clock = clock
    }

    /// The section as the folder is now; while it is read again, as it was before.
    public var section: Section {
        let now = clock()
        let known = state.withLock { state in
            let known = state
            if let known, !known.counts(at: now) { state?.isReading = true }
            return known
        }
        if let known, known.counts(at: now) { return known.section }
        // Outside the lock: files may be slow, and nobody has to wait for them who can have what was there before.
        let (files, refused) = folder.list()
        if var known, known.files == files, known.refused == refused {
            known.looked = now
            state.withLock { [known] in $0 = known }
            return known.section
        }
        let section = read(files, refused, edition: (known?.section.edition ?? 0) + 1)
        state.withLock { $0 = State(section: section, files: files, refused: refused, looked: now) }
        return section
    }

    private func read(_ files: [RunbookFolder.File], _ refused: [String], edition: Int) -> Section {
        let composer = RunbookComposer(folder: folder, paths: Set(files.map(\.path)), isManualPage: isManualPage)
        return Section(pages: files.map { composer.page($0.path) }, refused: refused, edition: edition)
    }
}
