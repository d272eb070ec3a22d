import Domain
import HTTPTypes
import Hummingbird
import Pages
import ScriptExport
import Workflow

extension Portal {
    func exportPage() throws -> Answer {
        try page(ExportPage(sites: try store.read { try $0.sites().map(\.site.code) }))
    }

    /// The page of a script: what it is for, its text where it is short, and its file.
    func script(_ visit: Visit) throws -> Answer {
        let address = ScriptAddress(pairs: visit.query)
        let selection = try selection(of: address)
        let text = try scriptText(selection)
        return try page(
            ScriptPage(
                address: address, words: selection.words, fileName: selection.fileName, text: text,
                steps: text.map(PowerShellScript.steps)))
    }

    func scriptFile(_ visit: Visit) throws -> Answer {
        let selection = try selection(of: ScriptAddress(pairs: visit.query))
        let headers = HTTPFields.download("text/plain; charset=utf-8", fileName: selection.fileName)
        if visit.request.method == .head { return Answer(.ok, headers) }
        let (store, now) = (store, clock())
        let body = ExportStream.body { write in
            try store.read { try ScriptReading($0, now: now).script(selection, write) }
        }
        guard let body else { throw Refusal.exportsRunning }
        return Answer(.ok, headers, body: body)
    }

    /// - Throws: ``Refusal`` when the portal does not have what the address names.
    private func selection(of address: ScriptAddress) throws -> ScriptSelection {
        try store.read { reading in
            ScriptSelection(
                scope: try scope(of: address, reading), takesBack: address.takesBack,
                includesNeverObserved: address.includesNeverObserved)
        }
    }

    private func scope(of address: ScriptAddress, _ reading: any ConfigurationReading) throws -> ScriptSelection.Scope {
        switch address.scope {
        case .hierarchy: return .hierarchy
        case .changeSet(let text):
            guard let number = Int(text), try reading.changeSet(number) != nil else { throw Refusal.notFound }
            return .changeSet(number)
        case .site(let text):
            guard let code = SiteCode.check(text).value, try reading.site(code) != nil else {
                throw Refusal.noSite(text)
            }
            return .site(code)
        case .server(let text):
            guard let name = HostName.check(text, label: "").value, let record = try reading.server(name) else {
                throw Refusal.noServer(text)
            }
            return .server(record.name)
        }
    }

    /// The bytes of a script up to which its page shows it, and the records up to which it is made for that at all.
    private static let shownLimit = 256 << 10
    private static let recordLimit = 2_000

    private struct TooLong: Error {}

    /// Nil when the script is too long for a page.
    private func scriptText(_ selection: ScriptSelection) throws -> String? {
        let now = clock()
        let bytes = try store.read { reading in
            guard try records(of: selection.scope, reading) <= Self.recordLimit else { return [UInt8]?.none }
            var bytes: [UInt8] = []
            do {
                try ScriptReading(reading, now: now).script(selection) { piece in
                    bytes += piece
                    if bytes.count > Self.shownLimit { throw TooLong() }
                }
            } catch is TooLong { return [UInt8]?.none }
            return bytes
        }
        guard let bytes else { return nil }
        // The page has neither the mark nor CRLF; copied into an editor, the text gets the editor's own.
        return String(decoding: bytes.dropFirst(3).filter { $0 != 0x0D }, as: UTF8.self)
    }

    private func records(of scope: ScriptSelection.Scope, _ reading: any ConfigurationReading) throws -> Int {
        switch scope {
        case .hierarchy: try reading.numberOfServers()
        case .site(let code): try reading.numberOfServers(at: code)
        case .server: 1
        case .changeSet(let number): try reading.changes(ofSet: number, after: nil, limit: Self.recordLimit + 1).count
        }
    }
}
