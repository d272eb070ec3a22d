import Domain

/// What becomes of one group of settings at the site.
enum PlannedStep<Group: Sendable & Equatable>: Sendable, Equatable {
    /// Write it, if the site still has one of the states in `from`; another state means that somebody changed it there.
    case set(from: [Group], to: Group)
    /// No export has shown it, so nobody knows what it replaces: written only when asked for.
    case neverObserved(to: Group)
    /// Nothing a script does; the sentence is for who reads it.
    case note(String)

    var target: Group? {
        switch self {
        case .set(_, let target), .neverObserved(let target): target
        case .note: nil
        }
    }

    /// Whether it writes something.
    func writes(includingNeverObserved: Bool) -> Bool {
        switch self {
        case .set: true
        case .neverObserved: includingNeverObserved
        case .note: false
        }
    }
}

/// What becomes of one role of a server.
struct RolePlan: Sendable, Equatable {
    let name: RoleName
    /// Whether the site was never seen to have the role on the server.
    var isMissing = false
    /// Nil when its details stay as they are, or nobody told them.
    var step: PlannedStep<RoleDetails>?
    var note: String?
}

/// What a script does about one server.
struct ServerPlan: Sendable, Equatable {
    let name: HostName
    let site: SiteCode
    /// Whether an export has shown the server.
    var isSeen: Bool
    var general: PlannedStep<General>?
    var proxy: PlannedStep<Proxy>?
    var roles: [RolePlan] = []
    /// The proxy the server has when the script has run, as far as anybody knows.
    var proxyAfter: Proxy?
    var notes: [String] = []

    var isEmpty: Bool { general == nil && proxy == nil && roles.isEmpty && notes.isEmpty }

    /// Whether it says something of the server itself, and not of its roles alone.
    var isAboutServer: Bool { general != nil || proxy != nil || !notes.isEmpty || !isSeen }

    /// Whether the script makes the server.
    func creates(includingNeverObserved: Bool) -> Bool { !isSeen && includingNeverObserved }

    /// Whether anything of it is written.
    func hasWork(includingNeverObserved includes: Bool) -> Bool {
        creates(includingNeverObserved: includes) || general?.writes(includingNeverObserved: includes) ?? false
            || proxy?.writes(includingNeverObserved: includes) ?? false
            || roles.contains {
                $0.isMissing ? includes : $0.step?.writes(includingNeverObserved: includes) ?? false
            }
    }

    /// Each account that a written state names; the cmdlets only take accounts that the site has.
    func accounts(includingNeverObserved: Bool) -> [AccountName] {
        var accounts: [AccountName] = []
        if let general, general.writes(includingNeverObserved: includingNeverObserved) {
            accounts += [general.target?.installationAccount].compactMap { $0 }
        }
        if let proxy, proxy.writes(includingNeverObserved: includingNeverObserved) {
            accounts += [proxy.target?.configuration?.account].compactMap { $0 }
        }
        for step in roles.compactMap(\.step) where step.writes(includingNeverObserved: includingNeverObserved) {
            accounts += [step.target?.softwareUpdatePoint?.wsusAccount].compactMap { $0 }
        }
        return accounts
    }
}

/// What a script does about the software update point component of a site.
struct ComponentPlan: Sendable, Equatable {
    let site: SiteCode
    /// Below another site, most of the component comes from the one above.
    let isChild: Bool
    let from: [SoftwareUpdatePointComponent]
    let to: SoftwareUpdatePointComponent
    /// The fields to write that an export has shown, in the catalogue's order.
    let fields: [FieldKey]
    /// Those that no export has shown.
    let neverObserved: [FieldKey]
    /// What else a reader should know, such as fields that have nothing to go back to.
    let notes: [String]

    /// Whether a script writes any of it.
    func hasWork(includingNeverObserved includes: Bool) -> Bool {
        !fields.isEmpty || includes && !neverObserved.isEmpty
    }

    /// Nil when there is nothing to write and nothing to say. What the target leaves untold is never written.
    init?(
        site: SiteCode, isChild: Bool, from: [SoftwareUpdatePointComponent], to target: SoftwareUpdatePointComponent?,
        observed: SoftwareUpdatePointComponent?, changed: [FieldKey], goesBack sentence: String? = nil
    ) {
        // Token and parts say one thing in two ways: whichever the target has is written as a whole.
        let schedule = SoftwareUpdatePointComponent.scheduleFields
        let all = Set(changed.contains(where: schedule.contains) ? changed + schedule : changed)
        let told = SoftwareUpdatePointComponent.fields.map(\.key).filter {
            all.contains($0) && (target?.value($0) ?? .nothing) != .nothing
        }
        // A schedule that is told in another way has somewhere to go back to.
        let without = changed.filter {
            (target?.value($0) ?? .nothing) == .nothing && !(schedule.contains($0) && target?.tellsSchedule ?? false)
        }
        notes =
            sentence.map { sentence in
                without.isEmpty ? [] : ["\(without.map(\.label).joined(separator: ", ")): \(sentence)"]
            } ?? []
        guard !told.isEmpty || !notes.isEmpty else { return nil }
        self.site = site
        self.isChild = isChild
        self.from = from
        to = target ?? SoftwareUpdatePointComponent()
        let isSeen = { (field: FieldKey) in
            guard schedule.contains(field) else { return (observed?.value(field) ?? .nothing) != .nothing }
            return observed?.schedule != nil || observed?.synchronizeOnSchedule != nil
        }
        fields = told.filter(isSeen)
        neverObserved = told.filter { !isSeen($0) }
    }
}
