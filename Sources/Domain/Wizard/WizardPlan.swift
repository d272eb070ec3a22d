/// Which pages a wizard has, at that site and for the roles that were chosen.
///
/// Source: Microsoft Learn, "Install and configure a software update point": the schedule is set at the top-level site
/// alone; supersedence, classifications and products are asked for with the first software update point of a site, and
/// count at the top-level site; languages with the one of the central administration site. Pages on which nothing could
/// be set are left out, and Synchronization Source says what holds instead. Whether a stand-alone primary site has the page
/// Languages is not established: it has it here, since no site above could set them.
public struct WizardPlan: Sendable, Equatable {
    public let steps: [WizardStep]
    public let place: SynchronizationPlace

    /// - Parameters:
    ///   - site: nil when the portal does not have it (yet).
    ///   - roles: those that were chosen.
    ///   - isFirstPoint: whether no other server of the site is a software update point.
    public init(site: Site?, roles: [RoleName], isFirstPoint: Bool) {
        place = SynchronizationPlace(site: site, isFirstPoint: isFirstPoint)
        var steps: [WizardStep] = [.general, .proxy, .roles]
        if roles.contains(.softwareUpdatePoint) {
            steps += [.softwareUpdatePoint, .proxyAndAccounts, .synchronizationSource]
            switch place {
            case .top, .unknown:
                steps += [.synchronizationSchedule, .supersedence, .classifications, .products, .languages]
            case .child, .further: break
            }
        }
        if roles.contains(.serviceConnectionPoint) { steps.append(.serviceConnectionPoint) }
        self.steps = steps + [.summary, .completion]
    }

    /// The steps that are answered.
    public var questions: [WizardStep] { steps.filter(\.isAnswered) }

    public func step(after step: WizardStep) -> WizardStep? {
        steps.firstIndex(of: step).flatMap { $0 + 1 < steps.count ? steps[$0 + 1] : nil }
    }

    public func step(before step: WizardStep) -> WizardStep? {
        steps.firstIndex(of: step).flatMap { $0 > 0 ? steps[$0 - 1] : nil }
    }

    /// The first step that nobody has answered; nil when the Summary can be shown.
    public func firstUnanswered(in draft: WizardDraft) -> WizardStep? {
        questions.first { draft.answers[$0] == nil }
    }
}

/// Where a new software update point stands among those it synchronizes with.
public enum SynchronizationPlace: Sendable, Equatable {
    /// The first of the top-level site: everything is set with it.
    case top
    /// The first of a site below another, from which it synchronizes.
    case child(parent: SiteCode?)
    /// One more at a site that has one: it synchronizes from that.
    case further
    /// The first of a site whose type nobody has told: it may be the top-level one.
    case unknown

    init(site: Site?, isFirstPoint: Bool) {
        switch (isFirstPoint, site?.type, site?.parent) {
        case (false, _, _): self = .further
        case (true, .centralAdministration, _), (true, .primary, nil): self = .top
        case (true, nil, nil): self = .unknown
        case (true, _, let parent): self = .child(parent: parent)
        }
    }
}
