/// Every code a finding can have: a closed list, so that each has its page in `content/rules/` (a test holds the two equal).
///
/// The part before the first dot is the group, and names the file there.
public enum FindingCode: String, Sendable, CaseIterable {
    case nameBlank = "name.blank"
    case nameLong = "name.long"
    case nameWhitespace = "name.whitespace"
    case nameControl = "name.control"
    case nameBidirectional = "name.bidirectional"
    case namePath = "name.path"
    case nameNonASCII = "name.non-ascii"
    case nameCharacters = "name.characters"
    case nameLabel = "name.label"
    case nameUnderscore = "name.underscore"
    case nameDigits = "name.digits"
    case nameSingleLabel = "name.single-label"

    case textControl = "text.control"
    case textBidirectional = "text.bidirectional"
    case textLong = "text.long"

    case valueFlag = "value.flag"
    case valueChoice = "value.choice"
    case valueNumber = "value.number"
    case valueTwice = "value.twice"
    case valueCase = "value.case"

    case proxyServerBlank = "proxy.server.blank"
    case proxyServerURL = "proxy.server.url"
    case proxyServerPort = "proxy.server.port"
    case proxyServerPAC = "proxy.server.pac"
    case proxyServerNumber = "proxy.server.number"
    case proxyServerIPv6 = "proxy.server.ipv6"
    case proxyServerZone = "proxy.server.zone"
    case proxyPortBlank = "proxy.port.blank"
    case proxyPortHexadecimal = "proxy.port.hexadecimal"
    case proxyPortSign = "proxy.port.sign"
    case proxyPortDigits = "proxy.port.digits"
    case proxyPortFraction = "proxy.port.fraction"
    case proxyPortCharacters = "proxy.port.characters"
    case proxyPortRange = "proxy.port.range"
    case proxyPortAssumed = "proxy.port.assumed"
    case proxyAccountMissing = "proxy.account.missing"
    case proxyAccountIgnored = "proxy.account.ignored"
    case proxyLeftover = "proxy.leftover"
    case proxyReplaceNone = "proxy.replace.none"
    case proxyReplaceUnseen = "proxy.replace.unseen"
    case proxyReplaceStranger = "proxy.replace.stranger"
    case proxySourcesDisagree = "proxy.sources.disagree"

    case accountBlank = "account.blank"
    case accountControl = "account.control"
    case accountBidirectional = "account.bidirectional"
    case accountBackslashes = "account.backslashes"
    case accountDomain = "account.domain"
    case accountUser = "account.user"
    case accountCharacters = "account.characters"
    case accountUPN = "account.upn"
    case accountNoDomain = "account.no-domain"

    case siteCodeBlank = "site.code.blank"
    case siteCodeMalformed = "site.code.malformed"
    case siteCodeReserved = "site.code.reserved"
    case siteCodeLowerCase = "site.code.lower-case"
    case siteExists = "site.exists"
    case siteNotEmpty = "site.not-empty"
    case siteParentUnknown = "site.parent.unknown"
    case siteParentType = "site.parent.type"
    case siteParentMissing = "site.parent.missing"
    case siteParentCycle = "site.parent.cycle"
    case siteFirstMet = "site.first-met"
    case sitePortHexadecimal = "site.port.hexadecimal"
    case sitePortSign = "site.port.sign"
    case sitePortDigits = "site.port.digits"
    case sitePortFraction = "site.port.fraction"
    case sitePortCharacters = "site.port.characters"
    case sitePortRange = "site.port.range"
    case sitePortSame = "site.port.same"
    case sitePortsIgnored = "site.ports.ignored"
    case siteWebsitePorts = "site.website.ports"
    case siteOtherHierarchy = "site.other-hierarchy"

    case clientsHostForm = "clients.host.form"
    case clientsPACBlank = "clients.pac.blank"
    case clientsPACAddress = "clients.pac.address"
    case clientsPACFile = "clients.pac.file"
    case clientsPACCapitals = "clients.pac.capitals"
    case clientsPACPoint = "clients.pac.point"
    case clientsSystemUnset = "clients.system.unset"
    case clientsBypassMissing = "clients.bypass.missing"
    case clientsBypassAll = "clients.bypass.all"
    case clientsScanUser = "clients.scan.user"
    case clientsCacheReach = "clients.cache.reach"

    case serverExists = "server.exists"
    case serverSiteUnknown = "server.site.unknown"
    case serverTwoSites = "server.two-sites"
    case serverMoved = "server.moved"
    case serverSimilar = "server.similar"
    case serverBroughtBack = "server.brought-back"

    case roleNameBlank = "role.name.blank"
    case roleNameLong = "role.name.long"
    case roleExists = "role.exists"

    case supPortBlank = "sup.port.blank"
    case supPortHexadecimal = "sup.port.hexadecimal"
    case supPortSign = "sup.port.sign"
    case supPortDigits = "sup.port.digits"
    case supPortFraction = "sup.port.fraction"
    case supPortCharacters = "sup.port.characters"
    case supPortRange = "sup.port.range"
    case supProxyUnavailable = "sup.proxy.unavailable"
    case supADRSecondary = "sup.adr.secondary"
    case supPortPair = "sup.port.pair"
    case supPortNext = "sup.port.next"
    case supCMGIntranet = "sup.cmg.intranet"
    case supCMGSSL = "sup.cmg.ssl"
    case supSecondaryOne = "sup.secondary.one"
    case supSecondaryInternet = "sup.secondary.internet"

    case supADRWithoutSync = "sup.adr.without-sync"
    case supSiteDiffer = "sup.site.differ"

    case scpOffline = "scp.offline"
    case scpHierarchyOne = "scp.hierarchy.one"

    case dpCacheCredentials = "dp.cache.credentials"

    case componentUpstreamMissing = "component.upstream.missing"
    case componentUpstreamScheme = "component.upstream.scheme"
    case componentUpstreamPath = "component.upstream.path"
    case componentUpstreamUser = "component.upstream.user"
    case componentUpstreamPort = "component.upstream.port"
    case componentUpstreamIPv6 = "component.upstream.ipv6"
    case componentUpstreamName = "component.upstream.name"
    case componentScheduleTwice = "component.schedule.twice"
    case componentScheduleStart = "component.schedule.start"
    case componentScheduleIncomplete = "component.schedule.incomplete"
    case componentScheduleRange = "component.schedule.range"
    case componentSupersedenceMonths = "component.supersedence.months"
    case componentSupersedenceWait = "component.supersedence.wait"
    case componentRunTimeRange = "component.run-time.range"
    case componentClassificationUnknown = "component.classification.unknown"
    case componentLanguageUnknown = "component.language.unknown"
    case componentDefaultUnknown = "component.default.unknown"
    case componentChildIgnored = "component.child.ignored"
    case componentSiteUnknown = "component.site.unknown"

    case flowDirect = "flow.direct"

    case wizardRoleUnavailable = "wizard.role.unavailable"
    case wizardRoleNone = "wizard.role.none"

    case formRevision = "form.revision"
    case formControlRepeated = "form.control.repeated"
    case formControlUnknown = "form.control.unknown"
    case formControlLong = "form.control.long"
    case formEncoding = "form.encoding"

    case diagnoseNothing = "diagnose.nothing"
    case diagnoseLong = "diagnose.long"
    case diagnoseFile = "diagnose.file"
    case diagnoseFormat = "diagnose.format"

    case importPendingKept = "import.pending.kept"
    case importMissingKept = "import.missing.kept"
    case importSiteUncovered = "import.site.uncovered"
    case importSiteMissing = "import.site.missing"
    case importSiteMismatch = "import.site.mismatch"
    case importPathMismatch = "import.path.mismatch"
    case importPathMalformed = "import.path.malformed"
    case importServerMissing = "import.server.missing"
    case importServerUntold = "import.server.untold"
    case importRecordSame = "import.record.same"
    case importRecordDiffers = "import.record.differs"
    case importClassesPassedOver = "import.classes.passed-over"
    case importCategoriesNoSite = "import.categories.no-site"
    case importComponentsPassedOver = "import.components.passed-over"
    case importNothing = "import.nothing"
    case importOtherFile = "import.other-file"
    case importProtectedValues = "import.protected-values"
    case importDepth = "import.depth"
    case importRows = "import.rows"
    case importPropertiesMissing = "import.properties.missing"
    case importReference = "import.reference"
    case importSample = "import.sample"
    case importFindingsCut = "import.findings.cut"

    case xmlEmpty = "xml.empty"
    case xmlMalformed = "xml.malformed"
    case xmlTruncated = "xml.truncated"
    case xmlTrailing = "xml.trailing"
    case xmlDeclaration = "xml.declaration"
    case xmlDoctype = "xml.doctype"
    case xmlEntity = "xml.entity"
    case xmlProcessingInstruction = "xml.processing-instruction"
    case xmlXinclude = "xml.xinclude"
    case xmlEncoding = "xml.encoding"
    case xmlEncodingMark = "xml.encoding.mark"
    case xmlElement = "xml.element"
    case xmlAttribute = "xml.attribute"
    case xmlText = "xml.text"
    case xmlEscape = "xml.escape"
    case xmlLimitDepth = "xml.limit.depth"
    case xmlLimitAttributes = "xml.limit.attributes"
    case xmlLimitTag = "xml.limit.tag"
    case xmlLimitValue = "xml.limit.value"
    case xmlLimitText = "xml.limit.text"
    case xmlLimitItems = "xml.limit.items"
    case xmlLimitProperties = "xml.limit.properties"
    case xmlLimitNames = "xml.limit.names"

    /// The file of `content/rules/` that explains it.
    public var group: String { String(rawValue.prefix { $0 != "." }) }

    /// How hard it weighs on an occasion: only policy findings depend on it.
    public func severity(on occasion: Occasion) -> Severity {
        switch kind {
        case .shape, .file, .request: .error
        case .policy: occasion == .edit ? .error : .warning
        case .warning: .warning
        case .notice: .notice
        }
    }
}

/// What kind of rule a code belongs to (CONTRACTS 1).
public enum FindingKind: String, Sendable, CaseIterable {
    /// Without it there is no value: an error everywhere.
    case shape
    /// An intent that can be mended, or a fact about a site: an error in an edit, a warning in an import and on what is stored.
    case policy
    /// About a file, or records of a file that contradict each other: an error.
    case file
    /// About what a form sent, beside its fields' values: an error.
    case request
    /// Never refuses; stays visible.
    case warning
    /// Never refuses; says how something was read.
    case notice
}

extension FindingCode {
    /// The kind of rule, as `content/rules/` states it too.
    public var kind: FindingKind {
        switch self {
        case .nameUnderscore, .nameDigits, .nameSingleLabel, .proxyAccountMissing, .accountUPN,
            .accountNoDomain, .siteCodeReserved, .siteParentUnknown, .siteParentType, .siteParentMissing,
            .siteParentCycle, .sitePortSame, .clientsPACFile, .serverSiteUnknown, .supProxyUnavailable, .supPortPair,
            .supCMGIntranet,
            .supCMGSSL, .supSecondaryOne, .supSecondaryInternet, .scpHierarchyOne, .componentUpstreamMissing,
            .componentUpstreamName,
            .componentScheduleIncomplete, .componentScheduleRange, .componentSupersedenceMonths,
            .componentSupersedenceWait, .componentRunTimeRange, .componentClassificationUnknown,
            .componentLanguageUnknown, .componentDefaultUnknown:
            .policy
        case .siteOtherHierarchy, .serverTwoSites, .importSiteMissing, .importSiteMismatch,
            .importPathMalformed, .importServerMissing, .importRecordDiffers, .importNothing,
            .importOtherFile, .importSample, .importDepth, .importRows, .importReference, .xmlEmpty, .xmlMalformed,
            .xmlTruncated, .xmlTrailing, .xmlDeclaration, .xmlDoctype, .xmlEntity, .xmlProcessingInstruction,
            .xmlXinclude,
            .xmlEncoding, .xmlElement, .xmlAttribute, .xmlText, .xmlEscape, .xmlLimitDepth,
            .xmlLimitAttributes, .xmlLimitTag, .xmlLimitValue, .xmlLimitText, .xmlLimitItems,
            .xmlLimitProperties, .xmlLimitNames:
            .file
        case .siteExists, .siteNotEmpty, .serverExists, .roleExists, .formRevision, .formControlRepeated,
            .formControlUnknown, .formControlLong, .formEncoding, .diagnoseNothing, .diagnoseLong,
            .diagnoseFile, .diagnoseFormat,
            .componentChildIgnored, .componentSiteUnknown,
            .proxyReplaceNone, .proxyReplaceUnseen, .proxyReplaceStranger, .wizardRoleUnavailable, .wizardRoleNone:
            .request
        case .proxySourcesDisagree, .siteCodeLowerCase, .siteWebsitePorts, .clientsPACCapitals,
            .clientsPACPoint, .clientsSystemUnset, .clientsBypassMissing, .clientsBypassAll, .serverMoved,
            .serverSimilar,
            .supADRSecondary,
            .supADRWithoutSync, .supSiteDiffer, .dpCacheCredentials, .supPortNext, .importPendingKept,
            .importSiteUncovered, .importServerUntold, .importPathMismatch, .importPropertiesMissing,
            .importCategoriesNoSite, .importMissingKept:
            .warning
        case .proxyPortAssumed, .proxyAccountIgnored, .proxyLeftover, .scpOffline, .siteFirstMet, .sitePortsIgnored,
            .clientsScanUser, .clientsCacheReach,
            .serverBroughtBack,
            .flowDirect,
            .importRecordSame, .importClassesPassedOver, .importComponentsPassedOver,
            .importProtectedValues, .importFindingsCut,
            .xmlEncodingMark:
            .notice
        default:
            .shape
        }
    }
}
