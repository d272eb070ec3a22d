import Domain

/// The first half of an import: records pass their own rules on their way into the staging file.
///
/// One batch takes the records of all files of one command, in order. Nothing of it is kept in memory.
public final class ImportBatch {
    let staging: any ImportStaging
    let options: ImportOptions
    /// Site codes that passed their rules: a file names the same few again and again.
    private var sites: [(text: String, code: SiteCode)] = []
    private static let rememberedSites = 16
    /// Names whose doubts were told: a server has a record for each role, and one warning will do.
    private var doubted: Set<String> = []
    private static let rememberedDoubts = 10_000

    public init(staging: any ImportStaging, options: ImportOptions) {
        self.staging = staging
        self.options = options
    }

    /// Takes what a reader tells.
    ///
    /// - Throws: ``ProgramFailure`` when staging fails.
    public func receive(_ event: ReadEvent) throws {
        switch event {
        case .finding(let finding):
            try staging.add(finding)
            // A record the reader could not make out is in the file all the same.
            if finding.severity == .error, finding.entity == .server, let name = finding.key {
                try staging.addRefused(name: name)
            }
        case .record(.site(let draft)): try stage(draft)
        case .record(.server(let draft)): try stage(draft)
        case .record(.role(let draft)): try stage(draft)
        case .record(.cloudDistributionPoint(let draft)): try stage(draft)
        case .record(.component(let draft)): try stage(draft)
        case .record(.updateCategory(let draft)): try stage(draft)
        }
    }

    private func stage(_ draft: SiteDraft) throws {
        var judge = Judge(.fileImport, entity: .site, key: draft.fields[.siteCode]?.text)
        var fields = draft.fields
        if fields[.siteCode] == nil, let site = options.site { fields[.siteCode] = Sent(site.text, at: draft.place) }
        let site = Site.check(fields, base: nil, &judge)
        if let code = site?.code, let wanted = options.site, wanted != code {
            tellMismatch(code, wanted, at: draft.place, &judge)
        }
        for doubt in site?.doubts ?? [] {
            judge.find(
                doubt.problem.code, doubt.field, at: place(of: doubt.field, in: draft.fields, draft.place),
                doubt.problem.message)
        }
        try tell(judge)
        guard let site, !judge.refuses else { return }
        try staging.add(
            StagedSite(code: site.code, place: draft.place, fields: fields, isInferred: draft.isInferred))
    }

    private func stage(_ draft: ServerDraft) throws {
        var judge = Judge(.fileImport, entity: .server, key: draft.name.text)
        let name = checkName(draft.name, &judge)
        let site = checkSite(draft.site, &judge)
        guard let name, site != .refused else {
            try tell(judge)
            return try staging.addRefused(name: draft.name.text)
        }
        let general = check(General.self, draft.general, &judge)
        let proxy = check(Proxy.self, draft.proxy, &judge)
        try tell(judge)
        try staging.add(
            StagedServer(
                name: name, site: site.code, place: draft.place, source: draft.source, general: general, proxy: proxy))
    }

    private func stage(_ draft: RoleDraft) throws {
        var judge = Judge(.fileImport, entity: .server, key: draft.server.text)
        let name = checkName(draft.server, &judge)
        let site = checkSite(draft.site, &judge)
        let role = RoleName.check(draft.role.text)
        judge.find(role.problems, .roleName, at: draft.role.place)
        guard let name, site != .refused, let role = role.value else {
            try tell(judge)
            return try staging.addRefused(name: draft.server.text)
        }
        let details = check(draft.details, of: role, &judge)
        try tell(judge)
        try staging.add(StagedRole(server: name, site: site.code, role: role, place: draft.place, details: details))
    }

    private func stage(_ draft: CloudDistributionPointDraft) throws {
        var judge = Judge(.fileImport, entity: .site, key: draft.site?.text)
        let site = checkSite(draft.site, &judge)
        if site == .unnamed { judge.tellSiteMissing(at: draft.place) }
        let name = DisplayText.check(draft.name.text, label: "The name of a cloud distribution point")
        judge.find(name.problems, .siteCloudDistributionPoints, at: draft.name.place)
        try tell(judge)
        if let site = site.code, let name = name.value {
            try staging.addCloudDistributionPoint(name.text, of: site, at: draft.place)
        }
    }

    func tell(_ judge: Judge) throws {
        for finding in judge.findings { try staging.add(finding) }
    }

    private func checkName(_ sent: Sent, _ judge: inout Judge) -> HostName? {
        let checked = HostName.check(sent.text, label: FieldKey.serverName.label)
        judge.find(checked.problems, .serverName, at: sent.place)
        if let name = checked.value {
            tell(name.doubts(label: FieldKey.serverName.label), of: name.folded, sent, .serverName, &judge)
        }
        return checked.value
    }

    private func tell(_ doubts: [Problem], of key: String, _ sent: Sent, _ field: FieldKey, _ judge: inout Judge) {
        guard !doubts.isEmpty, !doubted.contains(key) else { return }
        if doubted.count < Self.rememberedDoubts { doubted.insert(key) }
        judge.find(doubts, field, at: sent.place)
    }

    /// Which site a record says it belongs to.
    enum RecordSite: Equatable {
        case named(SiteCode)
        /// It names none, and so far nobody has said of which site such records are.
        case unnamed
        case refused

        var code: SiteCode? { if case .named(let code) = self { code } else { nil } }
    }

    func checkSite(_ sent: Sent?, _ judge: inout Judge) -> RecordSite {
        guard let sent, !sent.text.isEmpty else { return options.site.map(RecordSite.named) ?? .unnamed }
        for site in sites where site.text == sent.text { return .named(site.code) }
        let checked = SiteCode.check(sent.text)
        judge.find(checked.problems, .serverSite, at: sent.place)
        guard let code = checked.value else { return .refused }
        tell(code.doubts, of: code.text, sent, .serverSite, &judge)
        if code.text != sent.text {
            judge.find(
                .siteCodeLowerCase, .serverSite, at: sent.place,
                "Site code \(sent.text) was read as \(code): site codes are upper case. There is nothing to do.")
        }
        if let site = options.site, site != code {
            tellMismatch(code, site, at: sent.place, &judge)
            return .refused
        }
        if code.text == sent.text, code.doubts.isEmpty, sites.count < Self.rememberedSites {
            sites.append((sent.text, code))
        }
        return .named(code)
    }

    private func tellMismatch(_ code: SiteCode, _ wanted: SiteCode, at place: Place, _ judge: inout Judge) {
        judge.find(
            .importSiteMismatch, judge.entity == .site ? .siteCode : .serverSite, at: place,
            "The record belongs to site \(code), but --site says \(wanted). Leave --site out, or import that site's file alone."
        )
    }

    private func check<Group: FieldGroup>(_ group: Group.Type, _ draft: Draft?, _ judge: inout Judge) -> StagedGroup {
        guard let draft else { return .untold }
        var own = Judge(.fileImport, entity: judge.entity, key: judge.key)
        let value = Group.check(draft, base: nil, &own)
        // Whether a port is to be assumed depends on what is stored: the comparison asks again, and tells it then.
        for finding in own.findings where finding.code != .proxyPortAssumed { judge.take(finding) }
        guard !own.refuses else {
            judge.findDoubts(in: draft)
            return .refused
        }
        for doubt in value?.doubts ?? [] {
            judge.find(
                doubt.problem.code, doubt.field, at: place(of: doubt.field, in: draft, .form), doubt.problem.message)
        }
        return value == nil ? .untold : .checked(draft)
    }

    private func check(_ draft: Draft, of role: RoleName, _ judge: inout Judge) -> StagedGroup {
        guard !draft.isEmpty else { return .untold }
        var own = Judge(.fileImport, entity: judge.entity, key: judge.key)
        let details = RoleDetails.check(draft, of: role, base: nil, &own)
        for finding in own.findings { judge.take(finding) }
        guard !own.refuses else {
            judge.findDoubts(in: draft)
            return .refused
        }
        for doubt in details?.doubts ?? [] {
            judge.find(
                doubt.problem.code, doubt.field, at: place(of: doubt.field, in: draft, .form), doubt.problem.message)
        }
        return .checked(draft)
    }

    private func place(of field: FieldKey, in draft: Draft, _ fallback: Place) -> Place {
        draft[field]?.place ?? draft.entries.first?.sent.place ?? fallback
    }
}

extension Judge {
    /// A record names no site, and nobody has said of which site such records are.
    mutating func tellSiteMissing(at place: Place) {
        find(
            .importSiteMissing, .serverSite, at: place,
            "The file does not say which site this belongs to. Name the site of such records: in the preview, or with --site."
        )
    }
}
