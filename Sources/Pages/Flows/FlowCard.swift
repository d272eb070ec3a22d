import Domain
import Manual
import Templating

extension PageWords {
    /// A flow with everything that is known of it, as `components/flow` shows it.
    ///
    /// - Parameters:
    ///   - page: the server on whose page it stands; nil on others.
    ///   - known: the servers that the portal has, of those the flow names: only they have pages to link to.
    ///   - id: the anchor; nil where a page may show several flows of the kind.
    func flow(_ flow: TrafficFlow, on page: HostName?, known: Set<HostName>, id: String? = nil) -> TemplateModel {
        let isLinked = flow.from.map { $0 != page && known.contains($0) } ?? false
        return [
            .id: .optional(id), .kind: .text(flow.answer.route.rawValue), .title: .text(flow.id.title),
            .help: .text(manual.link(for: flow.id)), .route: .text(flow.answer.route.words),
            .proxy: .optional(flow.answer.proxy?.text),
            .proxyLink: .optional(flow.answer.proxy.map { Route.proxy($0.text).path }),
            .identity: .optional(flow.answer.identity?.words(of: flow.from)), .from: .text(fromWords(flow, on: page)),
            .fromLink: isLinked ? .optional(flow.from.map { Route.server($0.text, .connections).path }) : .nothing,
            .owner: .optional(flow.owner == page && page != nil ? nil : flow.ownerWords), .ownerLink: .text(flow.link),
            .role: .optional(flow.id.role.map(manual.displayName(of:))),
            .reasons: .list(flow.because.map(reason)), .hasAlternatives: .flag(!flow.either.isEmpty),
            .alternatives: .list(flow.either.map { alternative($0, from: flow.from) }),
            .settings: .list(flow.setAt.map { setting($0, known: known) }), .hasSettings: .flag(!flow.setAt.isEmpty),
        ]
    }

    private func fromWords(_ flow: TrafficFlow, on page: HostName?) -> String {
        guard let from = flow.from else { return "Not told" }
        return from == page ? "\(from) (this computer)" : from.text
    }

    /// What a rule says, with the way to its explanation.
    func reason(_ reason: FlowReason) -> TemplateModel {
        [.text: .text(manual.sentence(for: reason)), .help: .text(manual.link(for: reason))]
    }

    private func alternative(_ alternative: FlowAlternative, from computer: HostName?) -> TemplateModel {
        var model = reason(alternative.when)
        model[.route] = .text(alternative.answer.words(from: computer))
        return model
    }

    private func setting(_ setting: FlowSetting, known: Set<HostName>) -> TemplateModel {
        let isKnown = setting.server.map(known.contains) ?? true
        return [
            .title: .text(isKnown ? setting.words : setting.words + ", which the portal does not have"),
            .link: .optional(isKnown ? setting.link : nil),
        ]
    }
}

extension TrafficFlow {
    /// The servers it names beside the one that brings it about, for whoever makes a page to look up.
    public var computersNamed: Set<HostName> { Set(setAt.compactMap(\.server) + [from, owner].compactMap { $0 }) }
}
