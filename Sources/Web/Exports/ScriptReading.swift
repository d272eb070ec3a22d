import Domain
import Pages
import ScriptExport
import Workflow

/// One state of the configuration, as the exports that an admin applies are made from it.
public struct ScriptReading {
    let reading: any ConfigurationReading
    /// Milliseconds since 1970, UTC.
    let now: Int64

    public init(_ reading: any ConfigurationReading, now: Int64) {
        self.reading = reading
        self.now = now
    }

    /// Why there is nothing to write, when what was asked for is not there.
    public func missing(_ scope: ScriptSelection.Scope) throws -> String? {
        switch scope {
        case .hierarchy: nil
        case .site(let code):
            try reading.site(code) == nil ? "The portal has no site \(code). proxydesk export lists them all." : nil
        case .server(let name):
            try reading.server(name) == nil
                ? "The portal has no site system server \(name). proxydesk export lists them all." : nil
        case .changeSet(let number):
            try reading.changeSet(number) == nil ? "The portal has no change set \(number)." : nil
        }
    }

    /// Writes a PowerShell script in pieces.
    ///
    /// - Throws: ``ScriptRefusal`` before anything is written, and what `write` throws.
    public func script(_ selection: ScriptSelection, _ write: ([UInt8]) throws -> Void) throws {
        let source = try source(of: selection)
        let script = PowerShellScript(selection, origin: try origin(), source: source)
        try withoutActuallyEscaping(write) { try script.write($0) }
    }

    /// Writes the intended state as a DSC configuration, in pieces.
    public func dsc(_ scope: ScriptSelection.Scope, _ write: ([UInt8]) throws -> Void) throws {
        try withoutActuallyEscaping(write) { write in
            var configuration = try DSCConfiguration(
                ScriptSelection(scope: scope).words, origin: try origin(), write: write)
            let children = Set(
                try reading.sites().map(\.site).filter { $0.parent != nil || $0.type == .secondary }.map(\.code))
            try eachServer(scope) { try configuration.server($0) }
            for record in try components(scope) {
                try configuration.component(record, isChild: children.contains(record.site))
            }
            try configuration.end()
        }
    }

    /// Writes the servers as a table, in pieces.
    public func csv(_ scope: ScriptSelection.Scope, _ write: ([UInt8]) throws -> Void) throws {
        try withoutActuallyEscaping(write) { write in
            let table = try ConfigurationCSV(write)
            try eachServer(scope) { try table.server($0) }
        }
    }

    // MARK: Parts

    private func origin() throws -> ScriptOrigin {
        let newest = try reading.changeSets(before: nil, limit: 1).first
        let state = newest.map { "change set \($0.number), saved \(UTCTime(milliseconds: $0.time).text)" }
        return ScriptOrigin(state: state ?? "no change yet", time: UTCTime(milliseconds: now).text)
    }

    private func source(of selection: ScriptSelection) throws -> ScriptSource {
        let sites = try reading.sites().map(\.site)
        if case .changeSet(let number) = selection.scope {
            return try .changeSet(
                sites: sites, comesFromSite: try comesFromSite(number), takesBack: selection.takesBack
            ) { try eachChange(of: number, $0) }
        }
        return .records(
            components: try components(selection.scope), sites: sites, takesBack: selection.takesBack
        ) { try eachServer(selection.scope, $0) }
    }

    /// Whether a change set is the import of a site's export, and not of a file the portal wrote.
    private func comesFromSite(_ number: Int) throws -> Bool {
        guard let set = try reading.changeSet(number), set.origin == .fileImport else { return false }
        return set.importFacts.flatMap { FileFormat(rawValue: $0.format) }?.isObservation ?? false
    }

    private func components(_ scope: ScriptSelection.Scope) throws -> [ComponentRecord] {
        switch scope {
        case .hierarchy: try reading.components()
        case .site(let code): try reading.component(of: code).map { [$0] } ?? []
        case .server, .changeSet: []
        }
    }

    private func eachServer(_ scope: ScriptSelection.Scope, _ body: (ServerRecord) throws -> Void) throws {
        switch scope {
        case .hierarchy: try reading.eachServer(site: nil, body)
        case .site(let code): try reading.eachServer(site: code, body)
        case .server(let name): if let record = try reading.server(name) { try body(record) }
        case .changeSet: break
        }
    }

    private func eachChange(of number: Int, _ body: (Change) throws -> Void) throws {
        var after: Int?
        while true {
            let changes = try reading.changes(ofSet: number, after: after, limit: Self.changesAtOnce)
            for change in changes { try body(change) }
            guard changes.count == Self.changesAtOnce, let last = changes.last else { return }
            after = last.number
        }
    }

    private static let changesAtOnce = 500
}
