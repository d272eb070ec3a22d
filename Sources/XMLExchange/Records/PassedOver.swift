import Domain

/// What a file holds beside what the portal reads: counted, and told once at its end.
struct PassedOver {
    /// Whether anything was read.
    var hasWanted = false
    private var components: Tally?
    private var protected: Tally?
    private var withoutProperties: Tally?
    private var classes: [(recordClass: RecordClass, tally: Tally)] = []

    /// How many classes are told apart; the others are counted together.
    private static let longest = 100

    private struct Tally {
        var count = 0
        let first: Position
    }

    mutating func countComponent(at position: Position) { Self.count(&components, at: position) }
    mutating func countProtected(at position: Position) { Self.count(&protected, at: position) }
    mutating func countWithoutProperties(at position: Position) { Self.count(&withoutProperties, at: position) }

    private static func count(_ tally: inout Tally?, at position: Position) {
        tally = tally ?? Tally(first: position)
        tally?.count += 1
    }

    mutating func count(_ recordClass: RecordClass, at position: Position) {
        if let index = classes.firstIndex(where: { $0.recordClass == recordClass }) {
            classes[index].tally.count += 1
        } else if classes.count < Self.longest {
            classes.append((recordClass, Tally(count: 1, first: position)))
        } else {
            classes[Self.longest - 1].tally.count += 1
        }
    }

    /// Tells the notices, or refuses a file in which there is nothing for the portal.
    func tell(_ report: Report) throws {
        try tellProtected(report)
        if !hasWanted { throw nothingWanted }
        if report.summary.format != .clixml { try tellWithoutProperties(report) }
        if let components {
            try report.finding(
                .importComponentsPassedOver, at: components.first,
                "Components were passed over that are not of the software update point, or came without their properties (\(components.count)). "
                    + "The first is here; there is nothing to do.")
        }
        for entry in classes {
            try report.finding(
                .importClassesPassedOver, at: entry.tally.first,
                "Objects of class \(entry.recordClass.name.shown) were passed over (\(entry.tally.count)): the portal does not read them. "
                    + "The first is here; there is nothing to do.")
        }
    }

    /// Whoever selects columns for Export-Clixml meant to leave the properties out; the other formats lose them unasked.
    private func tellWithoutProperties(_ report: Report) throws {
        guard let withoutProperties else { return }
        try report.finding(
            .importPropertiesMissing, at: withoutProperties.first,
            "\(withoutProperties.count) items came without their properties (Props), so the file does not tell whether they use a "
                + "proxy; the first is here. To have them told, run the portal's export script.")
    }

    private func tellProtected(_ report: Report) throws {
        guard let protected else { return }
        try report.finding(
            .importProtectedValues, at: protected.first,
            "The file holds passwords or other protected values (\(protected.count)); the first is here. They were not read. "
                + "Keep the file where only you can read it, and delete it after the import.")
    }

    private var nothingWanted: Refusal {
        if let first = classes.first { return Refusal(.importOtherFile, at: first.tally.first, sentence(first)) }
        if let components {
            return Refusal(
                .importNothing, at: components.first,
                "The file holds components the portal does not read, and no site systems. Run the portal's export script, which exports those it reads."
            )
        }
        return Refusal(
            .importNothing, at: .start,
            "There are no site systems in the file: the export found none. Run the portal's export script as somebody who may read the site."
        )
    }

    private func sentence(_ entry: (recordClass: RecordClass, tally: Tally)) -> String {
        let script = "Run the portal's export script and import the file it writes."
        if entry.recordClass.kind == .row {
            return
                "This holds rows of a database query that lack the columns of site systems: ServerName, SiteCode, RoleName, "
                + "Name, Value1, Value2 and Value3. \(script)"
        }
        return
            "The file holds objects of class \(entry.recordClass.name.shown) (\(entry.tally.count)) and no site systems. \(script)"
    }
}
