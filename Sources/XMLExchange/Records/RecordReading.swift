import Domain

/// Makes texts of a captured record's values.
struct RecordReading {
    let record: CapturedRecord
    let report: Report

    static let brokenEscape =
        "This text holds half of a character (_xD800_ to _xDFFF_ without the other half). Export the file again, or correct it."

    var place: Place { report.place(record.position) }

    /// Whether the record as a whole makes sense: problems of single properties only take their group away.
    var isReadable: Bool {
        !record.problems.contains { if case .record = $0.subject { true } else { false } }
    }

    /// A value of the record itself; nil when it is absent, null or broken, which is told.
    func sent(_ field: RecordField) throws -> Sent? {
        let value = record[field]
        guard value.state == .text else { return nil }
        if let text = value.text { return report.sent(text, at: value.position) }
        try report.finding(.xmlEscape, at: value.position, Self.brokenEscape)
        return nil
    }

    /// An embedded property's value as it is; a null text counts as empty, a null number as not there.
    func sent(_ property: ItemProperty) -> Sent? {
        let value = record[property]
        switch value.state {
        case .absent: return nil
        case .null: return property.slot == .value ? nil : report.sent("", at: value.position)
        case .text:
            guard let text = value.text else { return nil }
            let isMissing = record.isFlat && property.slot != .value && text == Self.notConfigured
            return report.sent(isMissing ? "" : text, at: value.position)
        }
    }

    /// What scripts that flatten items write where a text is empty.
    private static let notConfigured = "Not Configured"

    /// Whether any of these properties is there.
    func hasAny(of properties: ItemProperties) -> Bool {
        ItemProperty.allCases.contains { properties.contains($0) && record[$0].isPresent }
    }

    /// Whether a property that is read cannot be: then nothing is told of its group.
    func isBroken(_ properties: ItemProperties) -> Bool {
        record.problems.contains { problem in
            switch problem.subject {
            case .properties: true
            case .property(let property): properties.contains(property)
            case .record: false
            }
        } || ItemProperty.allCases.contains { properties.contains($0) && record[$0].isBroken }
    }

    /// Tells what is wrong, with the properties this kind of record reads.
    ///
    /// - Parameter useProxy: what `UseProxy` means there: the tab on a site system, an option on a software update point.
    func tellProblems(
        _ entity: Entity, key: String?, useProxy: FieldKey? = nil, reads: (ItemProperty) -> Bool
    ) throws {
        let entity = key == nil ? nil : entity
        for problem in record.problems {
            if case .property(let property) = problem.subject, !reads(property) { continue }
            try report.finding(
                problem.code, at: problem.position, entity: entity, key: key, field: problem.field(useProxy: useProxy),
                problem.message)
        }
        for property in ItemProperty.allCases {
            guard record[property].isBroken, reads(property) else { continue }
            try report.finding(
                .xmlEscape, at: record[property].position, entity: entity, key: key,
                field: property.field(useProxy: useProxy),
                Self.brokenEscape)
        }
    }
}

extension CapturedRecord.Problem {
    fileprivate func field(useProxy: FieldKey?) -> FieldKey? {
        if case .property(let property) = subject { property.field(useProxy: useProxy) } else { nil }
    }
}

extension ItemProperty {
    /// The field it tells; nil where that is none.
    fileprivate func field(useProxy: FieldKey?) -> FieldKey? {
        switch self {
        case .internetFQDN: .generalInternetFQDN
        case .siteServerInitiates: .generalSiteServerInitiatesConnections
        case .useMachineAccount, .userName: .generalInstallationAccount
        case .forest: .generalForest
        case .domain: .generalDomain
        case .proxyName: .proxyServer
        case .proxyPort: .proxyPort
        case .anonymousProxyAccess: .proxyUseCredentials
        case .proxyUserName: .proxyAccount
        case .useProxyForADR: .supUseProxyForADR
        case .isIntranet, .isInternet: .supClientConnections
        case .httpPort: .supHTTPPort
        case .httpsPort: .supHTTPSPort
        case .requireSSL: .supRequireSSL
        case .wsusAccount: .supWSUSAccount
        case .allowCMGTraffic: .supAllowCMGTraffic
        case .offlineMode: .scpMode
        case .useProxy: useProxy
        case .serverRemoteName: nil
        default: componentField
        }
    }
}

extension Sent {
    /// The value a number of the product stands for; any other text stays, for the field's own rule to refuse.
    func replacing(_ meanings: [String: String]) -> Sent {
        guard let meaning = meanings[text] else { return self }
        return Sent(meaning, at: place)
    }

    /// The values of a flag as the fields of the portal spell them: items have 1 and 0, reports and WMI also words.
    var flag: Sent {
        switch text {
        case "1", "True", "TRUE": Sent("true", at: place)
        case "0", "False", "FALSE": Sent("false", at: place)
        default: self
        }
    }

    /// A flag that the portal holds the other way round.
    var invertedFlag: Sent {
        switch flag.text {
        case "true": Sent("false", at: place)
        case "false": Sent("true", at: place)
        default: self
        }
    }
}
