import Domain
import HTTPTypes
import Hummingbird
import Manual
import NIOCore
import Pages
import Workflow

// The sample hierarchy: to look around before there is an export of one's own.
extension Portal {
    func loadSample(_ visit: Visit) async throws -> Answer {
        // What is compared already would not know that the portal is empty no more.
        guard await imports.all().isEmpty else { throw Refusal.importsOpen }
        let loading = SampleLoading(store: importStore, clock: clock, makeID: makeID)
        let files = manual.samples.hierarchy
        do {
            _ = try await Blocking.submit(within: settings.submissionWait) {
                try loading.load(files, actor: .local)
            }
        } catch is SampleLoading.NotEmpty {
            throw Refusal.notEmpty
        }
        return .seeOther(Route.overview.path)
    }

    /// How many of the changes made by hand are named before they go.
    private static let mostNamed = 20

    func sampleRemoval() throws -> Answer {
        guard holdsSample else { return .seeOther(Route.importing.path) }
        let (overview, sets) = try store.read {
            (try $0.overview(), try $0.changeSets(before: nil, limit: Self.mostNamed))
        }
        // The sample came as imports, and nothing else can be imported beside it.
        let saved = sets.prefix { $0.origin == .form }
        return try page(SampleRemovePage(sites: overview.sites, servers: overview.servers, saved: Array(saved)))
    }

    func removeSample(_ visit: Visit) async throws -> Answer {
        let request = Workflow.Request(actor: .local, reason: "The sample data was removed", id: visit.id)
        let submission = submission
        let outcome = try await Blocking.submit(within: settings.submissionWait) {
            try submission.submit(.removeSample, for: request)
        }
        // Asked for twice, there is nothing left to remove, which is what was wanted.
        if case .saved(let set?, _) = outcome { return .seeOther(Route.importing.path + "?emptied=\(set)") }
        return .seeOther(Route.importing.path)
    }

    func sampleFile(_ name: String) throws -> Answer {
        guard let file = manual.samples.files.first(where: { $0.name == name }) else { throw Refusal.notFound }
        return Answer(
            .ok, .download("application/xml", fileName: file.name),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    /// Whether pages say that the portal holds the sample hierarchy. A store that does not answer is told elsewhere.
    var holdsSample: Bool { (try? store.read { try $0.holdsSample() }) ?? false }
}
