import Domain

/// Turns captured records into drafts, and tells them with what is wrong with them.
struct RecordMapping {
    private let report: Report
    /// Cloud distribution points that were told: each has an item for every role.
    private var cloudNames: Set<String> = []
    private var roleNames = RoleNames()

    init(report: Report) { self.report = report }

    // MARK: Sites

    /// Tells an object of class SMS_Site.
    func tellSite(_ record: CapturedRecord) throws {
        let reading = RecordReading(record: record, report: report)
        let code = try reading.sent(.siteCode)
        try reading.tellProblems(.site, key: code?.text) { _ in true }
        guard reading.isReadable else { return }
        var fields = Draft()
        fields[.siteCode] = code ?? Sent("", at: reading.place)
        fields[.siteName] = try reading.sent(.siteName)
        fields[.siteType] = try reading.sent(.type).map(Self.siteType)
        fields[.siteParent] = try reading.sent(.reportingSiteCode)
        fields[.siteServer] = try reading.sent(.serverName)
        fields[.siteVersion] = try reading.sent(.version)
        try report.record(.site(SiteDraft(place: reading.place, fields: fields)))
    }

    /// Source: SMS_Site.Type.
    private static func siteType(_ sent: Sent) -> Sent {
        sent.replacing(["1": "secondary", "2": "primary", "4": "central administration"])
    }

    // MARK: Items

    /// Tells an object of class SMS_SCI_SysResUse: one role of one server at one site.
    mutating func tellItem(_ record: CapturedRecord) throws {
        let reading = RecordReading(record: record, report: report)
        let site = try reading.sent(.siteCode) ?? NALPath(record).site.map { Sent($0, at: reading.place) }
        if record[.nalType].text == "Windows Azure" { return try tellCloud(reading, record, site: site) }
        guard let server = try ServerName(report).of(record) else { return }
        let role = try reading.sent(.roleName) ?? Sent(record.isFlat ? RoleName.siteSystem.text : "", at: reading.place)
        let item = Item(reading: reading, server: server, site: site, role: role)
        try tellPathMismatch(item, record)
        try tell(item, record)
    }

    private mutating func tell(_ item: Item, _ record: CapturedRecord) throws {
        let known = roleNames.role(item.role.text)
        let wanted = RoleProperties.of(known)
        let useProxy = known == .softwareUpdatePoint ? FieldKey.supUseProxyForSynchronization : .proxyUse
        try item.reading.tellProblems(.server, key: item.server.text, useProxy: useProxy) { wanted.contains($0) }
        guard item.reading.isReadable else { return }
        if known == .siteSystem { return try report.record(.server(item.siteSystem())) }
        if known == .siteServer {
            if record[.useProxy].isPresent, record[.proxyName].isPresent {
                try report.record(.server(item.siteServer()))
            }
            if let site = try item.inferredSite() { try report.record(.site(site)) }
        }
        let details = try item.details(of: known)
        try report.record(
            .role(
                RoleDraft(
                    place: item.reading.place, server: item.server, site: item.site, role: item.role, details: details))
        )
    }

    private func tellPathMismatch(_ item: Item, _ record: CapturedRecord) throws {
        guard let site = item.site, let other = NALPath(record).site, other.asciiFolded != site.text.asciiFolded else {
            return
        }
        try report.finding(
            .importPathMismatch, at: record[.nalPath].position, entity: .server, key: item.server.text,
            field: .serverSite,
            "The item's path names site \(other.shown), and its SiteCode \(site.text.shown). The SiteCode was taken; check which is right."
        )
    }

    private mutating func tellCloud(_ reading: RecordReading, _ record: CapturedRecord, site: Sent?) throws {
        let path = NALPath(record)
        let position = record[.networkOSPath].isPresent ? record[.networkOSPath].position : record[.nalPath].position
        let bare = record[.networkOSPath].text.map { $0.hasPrefix("\\\\") ? String($0.dropFirst(2)) : $0 }
        guard let name = bare.flatMap({ $0.isEmpty ? nil : $0 }) ?? path.host ?? path.display else {
            return try ServerName(report).tellMissing(at: record.position)
        }
        guard cloudNames.insert("\(site?.text ?? "") \(name.asciiFolded)").inserted else { return }
        let draft = CloudDistributionPointDraft(place: reading.place, site: site, name: report.sent(name, at: position))
        try report.record(.cloudDistributionPoint(draft))
    }
}

/// Role names that were read: a file has the same few again and again.
private struct RoleNames {
    private var known: [(text: String, role: RoleName?)] = []
    private static let longest = 64

    mutating func role(_ text: String) -> RoleName? {
        for entry in known where entry.text == text { return entry.role }
        let role = RoleName.check(text).value
        if known.count < Self.longest { known.append((text, role)) }
        return role
    }
}

/// Finds the name of the server an item belongs to.
private struct ServerName {
    private let report: Report

    init(_ report: Report) { self.report = report }

    /// Tells a finding and returns nil when there is none.
    func of(_ record: CapturedRecord) throws -> Sent? {
        let value = record[.networkOSPath]
        if value.state == .text {
            if let path = value.text { return try bare(path, at: value.position) }
            try tellBrokenEscape(at: value.position)
            return nil
        }
        let name = record[.serverName]
        if let text = name.text, !text.isEmpty {
            return report.sent(text.hasPrefix("\\\\") ? String(text.dropFirst(2)) : text, at: name.position)
        }
        if let host = NALPath(record).host { return report.sent(host, at: record[.nalPath].position) }
        let remote = record[.serverRemoteName]
        if let name = remote.text, !name.isEmpty { return report.sent(name, at: remote.position) }
        try tellMissing(at: record.position)
        return nil
    }

    /// Exactly two backslashes stand before a name; others are for the name's own rules to find.
    private func bare(_ path: String, at position: Position) throws -> Sent? {
        let hasMark = path.hasPrefix("\\\\")
        if hasMark, path.utf8.count > 2 { return report.sent(String(path.dropFirst(2)), at: position) }
        if hasMark || path.isEmpty {
            try tellMissing(at: position)
        } else {
            try report.finding(
                .importPathMalformed, at: position, field: .serverName,
                "NetworkOSPath must be two backslashes and the server's name. This one is “\(path.shown)”. Export again, or correct it."
            )
        }
        return nil
    }

    func tellMissing(at position: Position) throws {
        try report.finding(
            .importServerMissing, at: position, field: .serverName,
            "This item names no server. Export again with NetworkOSPath, or ServerName in a report, among the properties, or with the portal's script."
        )
    }

    private func tellBrokenEscape(at position: Position) throws {
        try report.finding(.xmlEscape, at: position, field: .serverName, RecordReading.brokenEscape)
    }
}
