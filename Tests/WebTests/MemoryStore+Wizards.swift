import Domain
import Workflow

extension MemorySession {
    func wizardDraft(_ id: String) -> WizardDraft? { state.drafts[id] }

    func openWizardDrafts(_ list: WizardDraftList) -> [WizardDraft] {
        let open = state.drafts.values.filter(\.isOpen).sorted { ($1.touched, $0.id) < ($0.touched, $1.id) }
        let there = open.filter { $0.kind == .createServer || state.servers[$0.server.asciiFolded] != nil }
        return there.filter { draft in
            switch list {
            case .ofServer(let name): draft.server.asciiFolded == name.folded
            case .atSite(let code): draft.site == code
            case .newServers: draft.kind == .createServer
            }
        }
    }

    func server(holding role: RoleName, at site: SiteCode?, besides other: HostName?) -> HostName? {
        state.servers.values.sorted { $0.name.folded < $1.name.folded }.first { record in
            record.name != other && (site.map { record.site == $0 } ?? true)
                && record.roles.contains { $0.name == role }
        }?.name
    }

    func holders(of role: RoleName, at site: SiteCode?, limit: Int) -> PortScene.Holders {
        let all = state.servers.values.sorted { $0.name.folded < $1.name.folded }.filter { record in
            (site.map { record.site == $0 } ?? true) && record.roles.contains { $0.name == role }
        }
        return PortScene.Holders(all.prefix(limit).map(\.name), total: all.count)
    }

    func softwareUpdatePointPorts(at site: SiteCode?, limit: Int) -> [PortScene.Point] {
        let all = state.servers.values.sorted { $0.name.folded < $1.name.folded }.compactMap { record in
            (site.map { record.site == $0 } ?? true)
                ? record.intended.softwareUpdatePoint.map {
                    PortScene.Point(record.name, http: $0.httpPort.number, https: $0.httpsPort.number)
                } : nil
        }
        return Array(all.prefix(limit))
    }

    func save(_ draft: WizardDraft) { state.drafts[draft.id] = draft }
    func removeWizardDraft(_ id: String) { state.drafts[id] = nil }

    func removeWizardDrafts(untouchedSince time: Int64) {
        state.drafts = state.drafts.filter { $0.value.touched >= time }
    }
}
