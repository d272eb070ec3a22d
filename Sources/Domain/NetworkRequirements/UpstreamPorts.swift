// The WSUS server above: as the site's software update point component says it.
extension PortScene {
    /// Nil where the site asks no WSUS server.
    func upstreamSide(_ requirement: PortRequirement) -> PortNeed.Side? {
        switch upstream {
        case .notTold: return .other(requirement.targetTitle)
        case .nowhere: return nil
        case .server(let name, _, _):
            // One label with a port or a path in it would be no name of a computer.
            guard let host = HostName.check(name.text, label: "").value else { return .other(name.text) }
            return .computers(Holders([host]))
        }
    }

    /// Over plain HTTP nothing goes to the port for HTTPS; the other way round, texts of license terms come over HTTP all the same.
    func isTaken(_ service: PortService) -> Bool {
        guard service.setting == .upstreamHTTPS, case .server(_, _, let usesSSL) = upstream else { return true }
        return usesSSL != false
    }

    /// The port that was told, for the protocol it belongs to, or for both where nobody told which.
    func ofUpstream(_ service: PortService, isSSL: Bool) -> [PortNeed.Number] {
        guard case .server(_, let port?, let usesSSL) = upstream, usesSSL == nil || usesSSL == isSSL else {
            return service.spans.map { PortNeed.Number(span: $0, basis: .byDefault) }
        }
        return [PortNeed.Number(span: .number(port.number), basis: .ofUpstream)]
    }
}
