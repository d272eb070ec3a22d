import Domain

/// Decides what a record is when it ends, and tells it: the same for every format.
struct RecordTelling {
    private let report: Report
    private var mapping: RecordMapping
    private let components: ComponentMapping
    private var rows = RowItems()
    private var objects = 0
    var passedOver = PassedOver()

    init(report: Report) {
        self.report = report
        mapping = RecordMapping(report: report)
        components = ComponentMapping(report: report)
    }

    /// Counts an object of the file.
    mutating func begin(at position: Position) throws(Refusal) {
        objects += 1
        guard objects > Limit.items else { return }
        throw Refusal(
            .xmlLimitItems, at: position,
            "The file holds more than 2,000,000 objects. Export site by site, and import the files one after another.")
    }

    mutating func end(_ record: inout CapturedRecord) throws {
        if record.recordClass.kind == .row, record.hasPropertyName {
            passedOver.hasWanted = true
            if let ended = try rows.add(&record, &passedOver) { try tellItem(ended) }
            return
        }
        try endRows()
        switch record.recordClass.kind {
        case .component: try tellComponent(record)
        case .category: try tellCategory(record)
        case .site: try tellSite(record)
        case .item: try tellItem(record)
        case .custom, .row, .untold:
            if record.isItem || record.isFlat { return try tellItem(record) }
            if record.isSite { return try tellSite(record) }
            if record.recordClass.kind == .untold {
                if record[.componentName].isPresent { return try tellComponent(record) }
                if record[.isSubscribed].isPresent { return try tellCategory(record) }
            }
            passedOver.count(record.recordClass, at: record.position)
        case .other: passedOver.count(record.recordClass, at: record.position)
        }
    }

    mutating func finish() throws {
        try endRows()
        try passedOver.tell(report)
    }

    private mutating func endRows() throws {
        if let ended = rows.end() { try tellItem(ended) }
    }

    private mutating func tellSite(_ record: CapturedRecord) throws {
        report.summary.records += 1
        passedOver.hasWanted = true
        try mapping.tellSite(record)
    }

    private mutating func tellComponent(_ record: CapturedRecord) throws {
        report.summary.records += 1
        guard let part = ComponentMapping.Part(record) else { return passedOver.countComponent(at: record.position) }
        passedOver.hasWanted = true
        try components.tell(part, record)
    }

    private mutating func tellCategory(_ record: CapturedRecord) throws {
        report.summary.records += 1
        guard record[.isSubscribed].isPresent else { return passedOver.countComponent(at: record.position) }
        passedOver.hasWanted = true
        try components.tellCategory(record)
    }

    private mutating func tellItem(_ record: CapturedRecord) throws {
        report.summary.records += 1
        passedOver.hasWanted = true
        if !record.hasProperties, !record.isFlat { passedOver.countWithoutProperties(at: record.position) }
        try mapping.tellItem(record)
    }
}

extension CapturedRecord {
    /// Whether an object whose class is not told is an item all the same.
    var isItem: Bool {
        let hasServer = self[.networkOSPath].isPresent || self[.nalPath].isPresent
        return self[.roleName].isPresent && (hasServer || recordClass.kind == .row && self[.serverName].isPresent)
    }

    /// Whether an object whose class is not told is a site.
    var isSite: Bool {
        self[.siteCode].isPresent && self[.siteName].isPresent && self[.reportingSiteCode].isPresent
    }
}
