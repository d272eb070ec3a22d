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
        upstreamServer = draft.displayText(.supcUpstreamServer, base: upstreamServer, &judge)
        upstreamPort = draft.optional(.supcUpstreamPort, base: upstreamPort, &judge) {
            Port.check($0, label: FieldKey.supcUpstreamPort.label, family: .softwareUpdatePoint)
        }
        draft.read(.supcUpstreamSSL, into: &upstreamSSL, &judge)
    }

    private mutating func readSchedule(_ draft: Draft, _ judge: inout Judge) {
        draft.read(.supcSynchronizeOnSchedule, into: &synchronizeOnSchedule, &judge)
        schedule =
            synchronizeOnSchedule == false ? nil : draft.displayText(.supcSchedule, base: schedule, &judge)
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
    fileprivate func isBlank(_ field: FieldKey) -> Bool { self[field]?.text.isEmpty ?? false }

    fileprivate func read<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: FieldKey, into value: inout Choice?, _ judge: inout Judge
    ) {
        guard self[field] != nil else { return }
        value = isBlank(field) ? nil : Choice.allCases.first.map { choice(field, base: value ?? $0, &judge) }
    }

    fileprivate func read(_ field: FieldKey, into value: inout Bool?, _ judge: inout Judge) {
        guard self[field] != nil else { return }
        value = isBlank(field) ? nil : flag(field, base: value ?? false, &judge)
    }

    fileprivate func read(_ field: FieldKey, upTo longest: Int, into value: inout Int?, _ judge: inout Judge) {
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
    fileprivate func read(
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
