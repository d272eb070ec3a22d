import Domain
import HTTPTypes
import Hummingbird
import Manual
import NIOCore
import Pages
import Workflow

extension Portal {
    /// The start page; while there is no data, what to do about it.
    func overview(_ visit: Visit) async throws -> Answer {
        let (counts, latest) = try store.read { (try $0.overview(), try $0.changeSets(before: nil, limit: 5)) }
        if counts.sites == 0 && counts.servers == 0 { return try page(await importPage(isFirstStart: true, visit)) }
        return try page(OverviewPage(counts: OverviewPage.Counts(counts), latest: latest))
    }

    func importScript(_ name: String) throws -> Answer {
        if let script = manual.exportScripts.first(where: { $0.id == name }) {
            return try page(ExportScriptPage(script))
        }
        guard let script = manual.exportScripts.first(where: { $0.fileName == name }) else { throw Refusal.notFound }
        // Windows PowerShell 5.1 reads a script without a mark in the computer's own code page.
        let bytes = ByteBuffer(string: "\u{FEFF}" + script.text)
        return Answer(
            .ok, .download("text/plain; charset=utf-8", fileName: script.fileName),
            body: ResponseBody(byteBuffer: bytes))
    }

    func exportFile(_ format: Route.ExportFormat, _ visit: Visit) throws -> Answer {
        let type =
            switch format {
            case .xml, .json: "application/\(format.rawValue)"
            case .csv: "text/csv"
            case .dsc: "text/plain"
            }
        let headers = HTTPFields.download("\(type); charset=utf-8", fileName: format.fileName)
        if visit.request.method == .head { return Answer(.ok, headers) }
        let exportBody = exportBody
        guard let body = ExportStream.body({ try exportBody(format, $0) }) else { throw Refusal.exportsRunning }
        return Answer(.ok, headers, body: body)
    }

    func schema(_ file: String, _ visit: Visit) throws -> Answer {
        guard let schema = assets.schema(file) else { throw Refusal.notFound }
        return schema.answer(to: visit.request.head)
    }

    /// Ready is who can read what is stored.
    func ready() throws -> Answer {
        do {
            _ = try store.read { try $0.changeSets(before: nil, limit: 1).count }
            return .plain("ok\n")
        } catch {
            return .plain("the store does not answer\n", .serviceUnavailable)
        }
    }
}

extension OverviewPage.Counts {
    fileprivate init(_ overview: Overview) {
        self.init()
        sites = overview.sites
        servers = overview.servers
        withProxy = overview.withProxy
        withoutProxy = overview.withoutProxy
        notTold = overview.notTold
        pending = overview.pending
        stale = overview.stale
        serversWithErrors = overview.serversWithErrors
        serversWithWarnings = overview.serversWithWarnings
        serversWithNotices = overview.serversWithNotices
        sitesWithFindings = overview.sitesWithFindings
    }
}
