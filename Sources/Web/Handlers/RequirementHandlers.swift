import Domain
import HTTPTypes
import Hummingbird
import Manual
import NIOCore
import Pages
import ScriptExport
import Workflow

// Network requirements: the page and its files. What needs no data of sites does not ask the store.
extension Portal {
    func requirements(_ visit: Visit) throws -> Answer {
        let address = RequirementAddress(pairs: visit.query)
        let facts = manual.network
        if case .role = address.subject {
            guard let answer = RequirementsPage.withoutSites(address, facts) else { throw Refusal.notFound }
            return try page(answer)
        }
        return try page(
            try store.read { reading in
                let choices = RequirementsPage.Choices(
                    sites: try reading.siteCodes(),
                    proxies: try reading.proxyAddresses(after: nil, limit: 200).map(\.proxy),
                    parties: facts.partiesWithRequirements)
                let answer = try address.subject.map { _ in
                    try RequirementReading(reading: reading, facts: facts).answer(address)
                }
                return RequirementsPage(address: address, choices: choices, answer: answer)
            })
    }

    func requirementsFile(_ file: Route.RequirementsFile, _ visit: Visit) throws -> Answer {
        let address = RequirementAddress(pairs: visit.query)
        guard address.subject != nil else { throw Refusal.notFound }
        let headers = file.headers
        let facts = manual.network
        if case .role = address.subject {
            return try site.requirementsFile(file, visit)
        }
        // What is not there is refused before anything is sent.
        _ = try store.read { try RequirementReading(reading: $0, facts: facts).subject(of: address).words }
        if visit.request.method == .head { return Answer(.ok, headers) }
        let store = store
        let body = ExportStream.body { write in
            try store.read { try RequirementReading(reading: $0, facts: facts).write(file, address, write) }
        }
        guard let body else { throw Refusal.exportsRunning }
        return Answer(.ok, headers, body: body)
    }

}

extension ManualSite {
    /// The choice of a role, and what a role needs; what only data of sites can answer is not there.
    func requirements(_ visit: Visit) throws -> Answer {
        let address = RequirementAddress(pairs: visit.query)
        guard let page = RequirementsPage.withoutSites(address, manual.network) else { throw Refusal.notFound }
        return .page(try pages.render(page))
    }

    /// The files of a role's requirements.
    func requirementsFile(_ file: Route.RequirementsFile, _ visit: Visit) throws -> Answer {
        let address = RequirementAddress(pairs: visit.query)
        guard let page = RequirementsPage.withoutSites(address, manual.network), let answer = page.answer,
            RequirementsPage.filesOfRoles.contains(file)
        else {
            throw Refusal.notFound
        }
        var bytes: [UInt8] = []
        let document = NetworkDocument(subject: answer.subject, endpoints: answer.endpoints, ports: answer.ports)
        try document.write(file, manual.network, address.choice, answer.endpoints.groups.flatMap(\.connections)) {
            bytes += $0
        }
        return Answer(.ok, file.headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension RequirementReading {
    func answer(_ address: RequirementAddress) throws -> RequirementsPage.Answer {
        let subject = try subject(of: address)
        let connections = try connections(subject)
        let computers = connections.compactMap { connection -> HostName? in
            if case .computer(let name) = connection.who { name } else { nil }
        }
        return RequirementsPage.Answer(
            subject: subject.words, endpoints: EndpointRequirements(connections, facts, address.choice),
            ports: try scene(subject)?.needs(facts) ?? [],
            known: try Set(computers).filter { try reading.server($0) != nil }, plans: plans(subject))
    }

    private func plans(_ subject: Subject) -> [SiteCode: ClientProxyPlan] {
        guard case .site(let site) = subject, let plan = site.clients else { return [:] }
        return [site.code: plan]
    }

    /// Writes a file in pieces.
    func write(
        _ file: Route.RequirementsFile, _ address: RequirementAddress, _ write: ([UInt8]) throws -> Void
    ) throws {
        let subject = try subject(of: address)
        try withoutActuallyEscaping(write) { write in
            switch file {
            case .endpoints:
                let table = try EndpointCSV(facts, address.choice, write)
                try eachConnection(subject) { try table.connection($0) }
            case .ports:
                let table = try PortCSV(write)
                for need in try portNeeds(subject, limit: Self.mostListed) { try table.need(need) }
            default:
                // A list of hosts names only some of those who connect; a rule is for a computer.
                let isByName = file == .windowsFirewall || file == .iptables
                let connections = try isByName ? connectionsByName(subject) : connections(subject)
                let document = NetworkDocument(
                    subject: subject.words, endpoints: EndpointRequirements(connections, facts, address.choice),
                    ports: isByName ? try portNeeds(subject, limit: limitByName(subject)) : [])
                try document.write(file, facts, address.choice, connections, write)
            }
        }
    }

    /// A file of rules for many sites has as many computers as one for a single site.
    private func limitByName(_ subject: Subject) throws -> Int {
        guard case .hierarchy = subject else { return Self.mostListed }
        return max(Self.mostHolders, Self.mostListed / max(1, try reading.sites().count))
    }

    /// As files name them: a hierarchy's ports are those of its sites, one by one, because a site speaks to itself.
    private func portNeeds(_ subject: Subject, limit: Int) throws -> [PortNeed] {
        guard case .hierarchy = subject else { return try scene(subject, limit: limit)?.needs(facts) ?? [] }
        return try reading.sites().flatMap { try scene(.site($0.site), limit: limit)?.needs(facts) ?? [] }
    }
}

extension NetworkDocument {
    fileprivate func write(
        _ file: Route.RequirementsFile, _ facts: NetworkFacts, _ choice: EndpointRequirements.Choice,
        _ connections: [InternetConnection], _ write: ([UInt8]) throws -> Void
    ) throws {
        switch file {
        case .endpoints:
            try withoutActuallyEscaping(write) { write in
                let table = try EndpointCSV(facts, choice, write)
                for connection in connections { try table.connection(connection) }
            }
        case .ports:
            try withoutActuallyEscaping(write) { write in
                let table = try PortCSV(write)
                for need in ports { try table.need(need) }
            }
        case .allowList: try write(Array(AllowList.text(of: self).utf8))
        case .squid: try write(Array(SquidRules.text(of: self).utf8))
        case .windowsFirewall: try write(Array(WindowsFirewallScript.text(of: self).utf8))
        case .iptables: try write(Array(IPTablesScript.text(of: self).utf8))
        }
    }
}

extension Route.RequirementsFile {
    fileprivate var headers: HTTPFields { .download(contentType, fileName: "proxydesk-" + rawValue) }

    fileprivate var contentType: String {
        switch self {
        case .endpoints, .ports: "text/csv; charset=utf-8"
        default: "text/plain; charset=utf-8"
        }
    }
}
