extension ComponentRecord {
    /// The component as its changes remember it: both states, so that two equal documents are an unchanged component.
    public var document: String {
        var writer = JSONWriter(reserving: 1_500)
        writer.object { writer in
            writer.member("site", site.text)
            writer.group(Self.groupName, component.intended)
            writer.key("observed")
            if component.intended == component.observed { return writer.raw("\"the same\"") }
            writer.object { $0.group(Self.groupName, component.observed) }
        }
        return writer.text
    }

    /// The name of the component's own part in documents.
    public static let groupName = "softwareUpdatePointComponent"
}

extension JSONWriter {
    /// The component's fields, as the members of an object that is open.
    public mutating func componentMembers(_ component: SoftwareUpdatePointComponent) {
        for field in SoftwareUpdatePointComponent.fields { member(field.key.name, component.value(field.key)) }
    }
}
