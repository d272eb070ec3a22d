// The field catalogue of the component, in the order of pages, JSON and XML.
extension SoftwareUpdatePointComponent {
    public static let fields: [Field] = [
        Field(
            .supcSynchronizationSource, "Synchronization source",
            choice([
                ("microsoftUpdate", "Synchronize from Microsoft Update"),
                ("upstream", "Synchronize from an upstream data source location"),
                ("none", "Do not synchronize from Microsoft Update or an upstream data source"),
            ])),
        Field(.supcUpstreamServer, "Upstream server", .text),
        Field(.supcUpstreamPort, "Upstream port", .number, longest: 20),
        Field(.supcUpstreamSSL, "SSL to the upstream server", .checkBox),
        Field(.supcDefaultServer, "Default software update point", .text),
        Field(
            .supcReportingEvents, "WSUS reporting events",
            choice([
                ("none", "Do not create WSUS reporting events"),
                ("status", "Create only WSUS status reporting events"),
                ("all", "Create all WSUS reporting events"),
            ])),
        Field(.supcSynchronizeOnSchedule, "Enable synchronization on a schedule", .checkBox),
        Field(.supcSchedule, "Synchronization schedule", .text),
        Field(
            .supcScheduleKind, "Synchronization recurs",
            choice(Recurrence.Kind.allCases.map { ($0.rawValue, $0.label) })),
        Field(.supcScheduleInterval, "Every how many hours, days, weeks or months", .number, longest: 20),
        Field(
            .supcScheduleWeekday, "Day of the week",
            choice(Recurrence.Weekday.allCases.map { ($0.rawValue, $0.label) })),
        Field(
            .supcScheduleWeekOrder, "Week of the month",
            choice(Recurrence.WeekOrder.allCases.map { ($0.rawValue, $0.label) })),
        Field(.supcScheduleDayOfMonth, "Day of the month", .number, longest: 20),
        Field(.supcScheduleStart, "Schedule starts", .text, longest: 40),
        Field(.supcFeatureUpdateSupersedence, "Superseded feature updates", choice(supersedence)),
        Field(.supcFeatureUpdateWaitMonths, "Months until superseded feature updates expire", .number, longest: 20),
        Field(.supcNonFeatureUpdateSupersedence, "Other superseded updates", choice(supersedence)),
        Field(.supcNonFeatureUpdateWaitMonths, "Months until other superseded updates expire", .number, longest: 20),
        Field(
            .supcWSUSCleanup, "Decline expired updates in WSUS according to supersedence rules", .checkBox),
        Field(
            .supcFeatureUpdateMaximumRunTime, "Maximum run time of feature updates, in minutes", .number, longest: 20),
        Field(
            .supcNonFeatureUpdateMaximumRunTime, "Maximum run time of other updates, in minutes", .number, longest: 20),
        Field(.supcExpressFiles, "Download express installation files", .checkBox),
        Field(
            .supcThirdPartyUpdates, "Third-party software updates",
            choice([
                ("off", "Off"), ("manual", "On, the certificate is managed by hand"),
                ("automatic", "On, Configuration Manager manages the certificate"),
            ])),
        Field(.supcFileLanguages, "Languages of update files", .lines, longest: 10_000),
        Field(.supcSummaryLanguages, "Languages of summary details", .lines, longest: 10_000),
        Field(.supcClassifications, "Classifications", .lines, longest: 10_000),
        Field(.supcProducts, "Products", .lines, longest: 100_000),
    ]

    /// What forms ask in another way than it is kept: one address in place of a server, a port and SSL.
    public static let formFields: [Field] = [Field(.supcUpstreamURL, "Upstream URL", .text)]

    /// The parts of a schedule that was entered here; together they exclude the product's token.
    public static let recurrenceFields: [FieldKey] = [
        .supcScheduleKind, .supcScheduleInterval, .supcScheduleWeekday, .supcScheduleWeekOrder,
        .supcScheduleDayOfMonth, .supcScheduleStart,
    ]

    private static let supersedence = [
        ("immediately", "Expire immediately"), ("wait", "Expire after some months"),
    ]

    private static func choice(_ choices: [(value: String, label: String)]) -> FieldControl {
        .choice(
            [FieldChoice(value: "", label: "Not told")] + choices.map { FieldChoice(value: $0.value, label: $0.label) })
    }
}
