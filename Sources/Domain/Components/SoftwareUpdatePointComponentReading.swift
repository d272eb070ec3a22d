extension SoftwareUpdatePointComponent {
    /// Reads what was sent; a blank field becomes untold. What has no effect under another choice is not kept: an upstream
    /// server where the source is none, months where nothing waits, a schedule where there is none.
    public static func check(
        _ draft: Draft, base: SoftwareUpdatePointComponent?, _ judge: inout Judge
    ) -> SoftwareUpdatePointComponent? {
        let start = judge.findings.count
        var component = base ?? SoftwareUpdatePointComponent()
        component.readSource(draft, &judge)
        component.readSchedule(draft, &judge)
        component.readSupersedence(draft, &judge)
        component.readFiles(draft, &judge)
        component.readSubscriptions(draft, &judge)
        return component.isUntold || judge.refused(since: start) ? nil : component
    }

    private mutating func readSource(_ draft: Draft, _ judge: inout Judge) {
        draft.read(.supcSynchronizationSource, into: &synchronizationSource, &judge)
        draft.read(.supcReportingEvents, into: &reportingEvents, &judge)
        defaultServer = draft.host(.supcDefaultServer, base: defaultServer, &judge)
        guard synchronizationSource == nil || synchronizationSource == .upstream else {
            (upstreamServer, upstreamPort, upstreamSSL) = (nil, nil, nil)
            return
        }
        guard !readUpstreamURL(draft, &judge) else { return }
        upstreamServer = draft.displayText(.supcUpstreamServer, base: upstreamServer, &judge)
        upstreamPort = draft.optional(.supcUpstreamPort, base: upstreamPort, &judge) {
            Port.check($0, label: FieldKey.supcUpstreamPort.label, family: .softwareUpdatePoint)
        }
        draft.read(.supcUpstreamSSL, into: &upstreamSSL, &judge)
    }

    /// Reads the one address of a form, and tells whether one was sent. The address that was shown changes nothing: it may
    /// be that of a server of which nobody told whether it is asked over SSL.
    private mutating func readUpstreamURL(_ draft: Draft, _ judge: inout Judge) -> Bool {
        guard let sent = draft[.supcUpstreamURL] else { return false }
        if sent.text == upstreamURL { return true }
        guard !sent.text.isBlank else {
            (upstreamServer, upstreamPort, upstreamSSL) = (nil, nil, nil)
            return true
        }
        let checked = UpstreamURL.check(sent.text)
        judge.find(checked.problems, .supcUpstreamURL, at: sent.place)
        if let url = checked.value {
            (upstreamServer, upstreamPort, upstreamSSL) = (url.server, url.port, url.usesSSL)
        }
        return true
    }

    private mutating func readSchedule(_ draft: Draft, _ judge: inout Judge) {
        draft.read(.supcSynchronizeOnSchedule, into: &synchronizeOnSchedule, &judge)
        guard synchronizeOnSchedule != false else {
            (schedule, recurrence) = (nil, nil)
            return
        }
        let token = draft.displayText(.supcSchedule, base: schedule, &judge)
        let entered = Recurrence.check(draft, base: recurrence, &judge)
        if let sent = draft[.supcSchedule], let kind = draft[.supcScheduleKind], !sent.text.isBlank,
            !kind.text.isEmpty
        {
            judge.find(
                .componentScheduleTwice, .supcSchedule, at: sent.place,
                "The schedule is told twice: as Configuration Manager’s own text, and in parts. Leave one of them empty."
            )
        }
        // The newer of the two wins: a form that enters parts replaces the token, a file with a token the parts.
        recurrence = draft[.supcSchedule] != nil && draft[.supcScheduleKind] == nil ? nil : entered
        schedule = recurrence == nil ? token : nil
    }

    /// What is missing or out of range in the schedule that a draft enters, though another part of the draft cannot be read:
    /// whoever corrects the one learns of the other as well.
    public static func scheduleDoubts(
        in draft: Draft, base: SoftwareUpdatePointComponent?
    ) -> [(field: FieldKey, problem: Problem)] {
        var quiet = Judge(.edit)
        var component = SoftwareUpdatePointComponent()
        component.synchronizeOnSchedule = base?.synchronizeOnSchedule
        (component.schedule, component.recurrence) = (base?.schedule, base?.recurrence)
        let before = component
        component.readSchedule(draft, &quiet)
        return component == before
            ? []
            : component.scheduleDoubts.filter { doubt in
                !quiet.findings.contains { $0.field == doubt.field }
            }
    }

    private mutating func readSupersedence(_ draft: Draft, _ judge: inout Judge) {
        draft.read(.supcFeatureUpdateSupersedence, into: &featureUpdateSupersedence, &judge)
        draft.read(.supcNonFeatureUpdateSupersedence, into: &nonFeatureUpdateSupersedence, &judge)
        if featureUpdateSupersedence == .immediately {
            featureUpdateWaitMonths = nil
        } else {
            draft.read(.supcFeatureUpdateWaitMonths, upTo: 999, into: &featureUpdateWaitMonths, &judge)
        }
        if nonFeatureUpdateSupersedence == .immediately {
            nonFeatureUpdateWaitMonths = nil
        } else {
            draft.read(.supcNonFeatureUpdateWaitMonths, upTo: 999, into: &nonFeatureUpdateWaitMonths, &judge)
        }
        draft.read(.supcWSUSCleanup, into: &wsusCleanup, &judge)
    }

    private mutating func readFiles(_ draft: Draft, _ judge: inout Judge) {
        let longest = 99_999_999
        draft.read(.supcFeatureUpdateMaximumRunTime, upTo: longest, into: &featureUpdateMaximumRunTime, &judge)
        draft.read(.supcNonFeatureUpdateMaximumRunTime, upTo: longest, into: &nonFeatureUpdateMaximumRunTime, &judge)
        draft.read(.supcExpressFiles, into: &expressFiles, &judge)
        draft.read(.supcThirdPartyUpdates, into: &thirdPartyUpdates, &judge)
    }

    private mutating func readSubscriptions(_ draft: Draft, _ judge: inout Judge) {
        draft.read(.supcFileLanguages, into: &fileLanguages, &judge)
        draft.read(.supcSummaryLanguages, into: &summaryLanguages, &judge)
        draft.read(.supcClassifications, into: &classifications, &judge) {
            UpdateClassification.named($0)?.name ?? $0
        }
        draft.read(.supcProducts, into: &products, &judge)
    }
}

// Fields of which each can be untold: absent keeps the value, blank takes it away.
extension Draft {
    func isBlank(_ field: FieldKey) -> Bool { self[field]?.text.isEmpty ?? false }

    func read<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: FieldKey, into value: inout Choice?, _ judge: inout Judge
    ) {
        guard self[field] != nil else { return }
        value = isBlank(field) ? nil : Choice.allCases.first.map { choice(field, base: value ?? $0, &judge) }
    }

    func read(_ field: FieldKey, into value: inout Bool?, _ judge: inout Judge) {
        guard self[field] != nil else { return }
        value = isBlank(field) ? nil : flag(field, base: value ?? false, &judge)
    }

    func read(_ field: FieldKey, upTo longest: Int, into value: inout Int?, _ judge: inout Judge) {
        guard let sent = self[field] else { return }
        let digits = sent.text.trimmingBlanks
        guard !digits.isEmpty else {
            value = nil
            return
        }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits), number <= longest else {
            judge.find(
                .valueNumber, field, at: sent.place,
                "\(field.label) must be a whole number from 0 to \(longest). This one is \(sent.text.quoted).")
            return
        }
        value = number
    }

    /// A list is a set in which order says nothing: sorted, each name once, in the spelling that is stored.
    func read(
        _ field: FieldKey, into value: inout [DisplayText]?, _ judge: inout Judge,
        spelling: (String) -> String = { $0 }
    ) {
        guard self[field] != nil else { return }
        let texts = list(field, base: [DisplayText](), &judge) {
            DisplayText.check(spelling($0), label: "A name under “\(field.label)”")
        }
        let known = Dictionary((value ?? []).map { ($0.text.asciiFolded, $0) }) { first, _ in first }
        var byFolded: [String: DisplayText] = [:]
        for text in texts {
            let folded = text.text.asciiFolded
            byFolded[folded] = byFolded[folded] ?? known[folded] ?? text
        }
        value = byFolded.sorted { $0.key < $1.key }.map(\.value)
    }
}
