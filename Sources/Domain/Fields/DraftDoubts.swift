extension Draft {
    /// What is doubtful about single values that were sent, for a draft whose group could not be made: a person shall see
    /// all problems at once, those of the fields that are well formed too.
    ///
    /// Fields that do not count, under a box that is off, are left out.
    public var doubts: [(field: FieldKey, place: Place, problem: Problem)] {
        entries.flatMap { entry -> [(field: FieldKey, place: Place, problem: Problem)] in
            counts(entry.field) ? Self.doubts(entry).map { (entry.field, entry.sent.place, $0) } : []
        }
    }

    private func counts(_ field: FieldKey) -> Bool {
        let isOff = { (box: FieldKey) in self[box].map { ["false", "0"].contains($0.text.asciiFolded) } ?? false }
        switch field {
        case .proxyServer: return !isOff(.proxyUse)
        case .proxyAccount: return !isOff(.proxyUse) && !isOff(.proxyUseCredentials)
        default: return true
        }
    }

    private static func doubts(_ entry: Entry) -> [Problem] {
        let text = entry.sent.text
        let label = entry.field.label
        switch entry.field {
        case .proxyServer: return ProxyServerName.check(text).value?.doubts ?? []
        case .proxyAccount, .generalInstallationAccount, .supWSUSAccount:
            return AccountName.check(text, label: label).value?.doubts(label: label) ?? []
        case .serverName, .generalInternetFQDN, .siteServer, .supcDefaultServer:
            return HostName.check(text, label: label).value?.doubts(label: label) ?? []
        case .siteCode, .serverSite: return SiteCode.check(text).value?.doubts ?? []
        default: return []
        }
    }
}
