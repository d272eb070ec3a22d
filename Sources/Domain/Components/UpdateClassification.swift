/// A classification of software updates, as the console calls it in English.
///
/// Source: Microsoft Learn, "WSUS classification GUIDs" and "Plan for software updates".
public struct UpdateClassification: Sendable, Equatable {
    public let name: String
    /// The identifier that is the same in every language; nil where no source tells it.
    public let id: String?

    /// The closed list, held equal to `content/reference/classifications.yaml` at start.
    public static let known: [UpdateClassification] = [
        UpdateClassification("Applications", "5c9376ab-8ce6-464a-b136-22113dd69801"),
        UpdateClassification("Connectors", "434de588-ed14-48f5-8eed-a15e09a991f6"),
        UpdateClassification("Critical Updates", "e6cf1350-c01b-414d-a61f-263d14d133b4"),
        UpdateClassification("Definition Updates", "e0789628-ce08-4437-be74-2495b842f43b"),
        UpdateClassification("Developer Kits", "e140075d-8433-45c3-ad87-e72345b36078"),
        UpdateClassification("Feature Packs", "b54e7d24-7add-428f-8b75-90a396fa584f"),
        UpdateClassification("Guidance", "9511d615-35b2-47bb-927f-f73d8e9260bb"),
        UpdateClassification("Security Updates", "0fa1201d-4330-4fa8-8ae9-b877473b6441"),
        UpdateClassification("Service Packs", "68c5b0a3-d1a6-4553-ae49-01d3a7827828"),
        UpdateClassification("Tools", "b4832bd8-e735-4761-8daf-37f882276dab"),
        UpdateClassification("Update Rollups", "28bc880e-0592-4cbf-8f95-c79b17911d5f"),
        UpdateClassification("Updates", "cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83"),
        UpdateClassification("Upgrades", nil),
    ]

    private init(_ name: String, _ id: String?) {
        self.name = name
        self.id = id
    }

    /// The classification that a name spells, whatever its case.
    public static func named(_ name: String) -> UpdateClassification? {
        let folded = name.asciiFolded
        return known.first { $0.name.asciiFolded == folded }
    }

    /// The classification with an identifier as objects of a site write it, such as `UpdateClassification:0fa1201d-…`.
    public static func identified(_ uniqueID: String) -> UpdateClassification? {
        let folded = uniqueID.asciiFolded
        return known.first { $0.id.map(folded.hasSuffix) ?? false }
    }
}
