import Domain

/// A `softwareUpdatePointComponent` element while it is read.
struct OwnXMLComponent {
    private let site: Sent
    private let attributes: OwnXMLAttributes
    private var lists: [FieldKey: [String]] = [:]

    init(site: Sent, _ attributes: OwnXMLAttributes) {
        self.site = site
        self.attributes = attributes
    }

    /// Begins a list: one that is there and empty says that there is nothing, one that is not there says nothing.
    mutating func beginList(_ list: OwnXMLAttributes, _ report: Report) throws {
        guard let field = list.element.list else { return }
        guard lists[field] == nil else {
            return try report.finding(
                .xmlElement, at: list.position, entity: .component, key: site.text,
                "The element \(list.element.rawValue) is there twice. Put all names into one of them.")
        }
        lists[field] = []
    }

    /// Adds a name to the list that is open.
    mutating func add(_ item: OwnXMLAttributes, _ report: Report) throws {
        guard let field = item.element.list, let name = try item.requireLine("name", report) else { return }
        lists[field, default: []].append(name)
    }

    func tell(_ report: Report) throws {
        var fields = attributes.draft(report)
        for field in SoftwareUpdatePointComponent.fields.map(\.key) {
            guard let names = lists[field] else { continue }
            fields[field] = report.sent(names.joined(separator: "\n"), at: attributes.position)
        }
        let place = report.place(attributes.position)
        try report.record(.component(ComponentDraft(place: place, site: site, fields: fields)))
    }
}
