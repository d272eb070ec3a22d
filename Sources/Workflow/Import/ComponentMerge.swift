import Domain

/// Brings what a batch says of one component together with what is stored of it (CONTRACTS 2 and 3).
///
/// A component arrives in parts, so each field goes its own way: the site's value becomes the intended one where the
/// intended value is what the site had before, and a value that was set here stays.
struct ComponentMerge {
    let options: ImportOptions
    /// Whether the batch says what a site has; otherwise it says what somebody wants.
    let isObservation: Bool
    /// When the observation was made; the change set's number is filled in by the commit.
    let time: Int64

    /// - Parameter draft: all fields the batch tells, which passed their rules.
    func merge(_ draft: Draft, into stored: ComponentRecord, _ judge: inout Judge) -> ComponentRecord {
        var record = stored
        let held = stored.component
        guard isObservation else {
            record.component.intended = Self.check(draft, base: held.intended)
            return record
        }
        record.seen = Sighting(changeSet: Sightings.thisImport, time: time)
        record.component.observed = Self.check(draft, base: held.observed)
        record.component.intended = intended(
            held, observed: record.component.observed, told: draft,
            takesSite: options.takesOver(componentOf: stored.site))
        let kept = SoftwareUpdatePointComponent.difference(record.component.intended, record.component.observed)
        for field in kept { if let sent = draft[field] { judge.tellKept([field], at: sent.place) } }
        return record
    }

    /// The rules' findings were told when the fields were read.
    private static func check(_ draft: Draft, base: SoftwareUpdatePointComponent?) -> SoftwareUpdatePointComponent? {
        var quiet = Judge(.fileImport)
        return SoftwareUpdatePointComponent.check(draft, base: base, &quiet)
    }

    private static let schedule: [FieldKey] =
        [.supcSynchronizeOnSchedule, .supcSchedule] + SoftwareUpdatePointComponent.recurrenceFields

    private func intended(
        _ held: Held<SoftwareUpdatePointComponent>, observed: SoftwareUpdatePointComponent?, told: Draft,
        takesSite: Bool
    ) -> SoftwareUpdatePointComponent? {
        guard let intended = held.intended, intended != held.observed else { return observed }
        var chosen = Draft()
        for field in SoftwareUpdatePointComponent.fields.map(\.key) {
            let mine = intended.value(field)
            // A schedule is one thing in several fields: half of the site's and half of ours would be neither.
            let together = Self.schedule.contains(field) ? Self.schedule : [field]
            let isUntouched = together.allSatisfy { intended.value($0) == held.observed?.value($0) ?? .nothing }
            let follows = isUntouched || (takesSite && together.contains { told[$0] != nil })
            let value = follows ? observed?.value(field) ?? .nothing : mine
            if value != .nothing { chosen.append(field, Sent(value.text)) }
        }
        return Self.check(chosen, base: nil)
    }
}
