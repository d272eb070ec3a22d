import Domain
import Manual

extension Notice {
    /// What a save did, read from its change set.
    ///
    /// - Returns: nil when the set did nothing to the record: then the address was typed, and nothing was saved by it.
    public static func saved(_ set: ChangeSet, changes: [Change], entity: Entity, key: String, _ manual: Manual)
        -> Notice?
    {
        guard let change = changes.first(where: { $0.entity == entity && $0.key.asciiFolded == key.asciiFolded }) else {
            return nil
        }
        let lines = DocumentDifference(
            before: change.before, after: change.after, roleName: manual.displayName
        ).sentences
        let title =
            switch change.kind {
            case .added: "\(change.key) was added"
            case .changed: "\(change.key) was saved"
            case .removed: "\(change.key) was removed from the portal"
            }
        return Notice(
            isSuccess: true, title: title, lines: change.kind == .changed ? Array(lines.prefix(8)) : [],
            changeSet: set.number)
    }

    /// What one save did to several software update points.
    public static func savedOptions(_ set: ChangeSet, changes: [Change], _ manual: Manual) -> Notice {
        let lines = changes.flatMap { change in
            DocumentDifference(before: change.before, after: change.after, roleName: manual.displayName).sentences
                .map { "\(change.key): \($0)" }
        }
        let count = changes.count == 1 ? "1 software update point" : "\(changes.count) software update points"
        return Notice(
            isSuccess: true, title: "The proxy options of \(count) were saved", lines: Array(lines.prefix(8)),
            changeSet: set.number)
    }

    /// What stands on a change set's own page after it was saved.
    public static func saved(_ set: ChangeSet) -> Notice {
        Notice(
            isSuccess: true, title: "Change set \(set.number) was saved",
            lines: set.origin == .form
                ? ["Nothing is applied at the sites by this: what differs there is pending until you apply it."] : [])
    }

    /// The removal a change set consists of, for the list that no longer shows the server.
    public static func removed(_ set: ChangeSet, changes: [Change]) -> Notice? {
        guard let change = changes.first, change.kind == .removed, set.origin == .form else { return nil }
        return Notice(
            isSuccess: true, title: "\(change.key) was removed from the portal",
            lines: ["Configuration Manager was told nothing. The next export of its site may bring it back."],
            changeSet: set.number)
    }
}
