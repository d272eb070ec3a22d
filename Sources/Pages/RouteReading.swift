import Domain

extension Route {
    /// Reads the path of a request, without its query; nil when the portal has no such address.
    ///
    /// Only an exact address is read: no doubled or closing slash, no `..`, no percent sign without two digits.
    public init?(path: String) {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        let parts = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard let route = Self.read(parts) else { return nil }
        self = route
    }

    private static func read(_ parts: [String]) -> Route? {
        let rest = parts.dropFirst()
        switch parts.first {
        case "": return parts.count == 1 ? .overview : nil
        case "servers": return readServer(Array(rest))
        case "sites": return readSite(Array(rest))
        case "import": return readImport(Array(rest))
        case "imports": return readPreview(Array(rest))
        case "wizards": return readWizard(Array(rest))
        case "changes": return readChanges(Array(rest))
        case "export": return readExport(Array(rest))
        case "diagnose": return rest.isEmpty ? .diagnose : nil
        case "manual": return readManual(Array(rest))
        case "proxies": return readProxy(Array(rest))
        case "flows": return rest.isEmpty ? .flows : nil
        case "requirements": return readRequirements(Array(rest))
        case "search": return rest.isEmpty ? .search : nil
        case "style": return rest.isEmpty ? .style : nil
        case "schema": return readFile(Array(rest)).map(Route.schema)
        case "assets": return readFile(Array(rest)).map(Route.asset)
        case "health": return rest == ["live"] ? .healthLive : rest == ["ready"] ? .healthReady : nil
        default: return nil
        }
    }

    private static func readServer(_ parts: [String]) -> Route? {
        switch parts.count {
        case 0: return .servers
        case 1 where parts[0] == "new": return .newServer
        case 1: return parts[0].decodedSegment.map { .server($0, .general) }
        case 2:
            guard let tab = ServerTab(rawValue: parts[1]), tab != .general else { return nil }
            return parts[0].decodedSegment.map { .server($0, tab) }
        default: return nil
        }
    }

    private static func readSite(_ parts: [String]) -> Route? {
        switch parts.count {
        case 0: .sites
        case 1 where parts[0] == "new": .newSite
        case 1: parts[0].decodedSegment.map(Route.site)
        case 2 where parts[1] == "remove": parts[0].decodedSegment.map(Route.removeSite)
        case 2 where parts[1] == "clients": parts[0].decodedSegment.map(Route.siteClients)
        case 2 where parts[1] == "component": parts[0].decodedSegment.map { .siteComponent($0, nil) }
        case 3 where parts[1] == "component":
            ComponentPart(rawValue: parts[2]).flatMap { part in
                parts[0].decodedSegment.map { .siteComponent($0, part) }
            }
        default: nil
        }
    }

    private static func readProxy(_ parts: [String]) -> Route? {
        if parts.isEmpty { return .proxies }
        if parts == ["replace"] { return .replaceProxy }
        guard parts.count == 1, let address = parts[0].decodedSegment, address.contains(":") else { return nil }
        return .proxy(address)
    }

    private static func readImport(_ parts: [String]) -> Route? {
        if parts.isEmpty { return .importing }
        if parts == ["sample"] { return .loadSample }
        if parts == ["sample", "remove"] { return .removeSample }
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "scripts": return parts[1].decodedSegment.map(Route.importScript)
        case "samples": return parts[1].decodedSegment.map(Route.sampleFile)
        default: return nil
        }
    }

    private static func readWizard(_ parts: [String]) -> Route? {
        if parts.isEmpty { return .wizards }
        guard parts.count == 2, isID(parts[0]) else { return nil }
        if parts[1] == "cancel" { return .cancelWizard(parts[0]) }
        return WizardStep(rawValue: parts[1]).map { .wizard(parts[0], $0) }
    }

    /// Ids are lower-case letters and digits.
    private static func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }

    private static func readPreview(_ parts: [String]) -> Route? {
        guard let id = parts.first, isID(id) else { return nil }
        switch parts.dropFirst() {
        case []: return .importPreview(id)
        case ["confirm"]: return .importConfirm(id)
        case ["cancel"]: return .importCancel(id)
        default: return nil
        }
    }

    private static func readChanges(_ parts: [String]) -> Route? {
        if parts.isEmpty { return .changes }
        // The number alone, as links print it: `+1` and `007` would be second addresses of one page.
        guard parts.count == 1, let number = Int(parts[0]), number > 0, String(number) == parts[0] else { return nil }
        return .changeSet(number)
    }

    private static func readExport(_ parts: [String]) -> Route? {
        if parts.isEmpty { return .export }
        return ([.script, .scriptFile] + ExportFormat.allCases.map(Route.exportFile)).first {
            $0.path == "/export/" + parts.joined(separator: "/")
        }
    }

    private static func readRequirements(_ parts: [String]) -> Route? {
        if parts.isEmpty { return .requirements }
        return parts.count == 1 ? RequirementsFile(rawValue: parts[0]).map(Route.requirementsFile) : nil
    }

    private static func readManual(_ parts: [String]) -> Route? {
        if parts.isEmpty { return .manual }
        if parts == ["all"] { return .wholeManual }
        if parts == ["a-z"] { return .manualAlphabet }
        let decoded = parts.compactMap(\.decodedSegment)
        guard decoded.count == parts.count, !decoded.contains(where: { $0.contains("/") }) else { return nil }
        return .manualPage(decoded.joined(separator: "/"))
    }

    private static func readFile(_ parts: [String]) -> String? {
        parts.count == 1 ? parts[0].decodedSegment : nil
    }
}
