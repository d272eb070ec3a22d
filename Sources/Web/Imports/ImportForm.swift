import Domain

/// The form of a preview: what was chosen, and which button was pressed.
struct ImportForm {
    let reading: FormReading

    /// The boxes of the preview, by control.
    private static let boxes: [String: @Sendable (inout ImportOptions, Bool) -> Void] = [
        "leaveOutRefused": { $0.leaveOutRefused = $1 }, "takeOver": { $0.takeOver = $1 },
        "removeMissing": { $0.removeMissing = $1 }, "otherHierarchy": { $0.otherHierarchy = $1 },
    ]

    init(_ body: FormBody) {
        let site = SiteSystemServer.identityFields.filter { $0.key == .serverSite }
        reading = FormReading(
            body,
            FormReading.Form(fields: site, boxes: Set(Self.boxes.keys), buttons: ["preview", "take", "keep"]))
    }

    /// Whether somebody wants to see the effect of the choices first.
    var asksForPreview: Bool { reading.typed["preview"] != nil || isAboutOne }

    /// Whether the choice was made beside a single record.
    var isAboutOne: Bool { reading.typed["take"] != nil || reading.typed["keep"] != nil }

    /// The choices as they are after this form, and what is wrong with them. What the form did not show stays.
    func options(_ before: ImportOptions) -> (options: ImportOptions, findings: [Finding]) {
        var options = before
        var findings: [Finding] = []
        for (name, set) in Self.boxes {
            if let typed = reading.typed[name] { set(&options, typed == "true") }
        }
        if let name = reading.typed["take"] { options.choose(name, true) }
        if let name = reading.typed["keep"] { options.choose(name, false) }
        if let text = reading.typed[FieldKey.serverSite.rawValue] {
            var judge = Judge(.edit)
            let checked = SiteCode.check(text)
            if !text.isEmpty { judge.find(checked.problems, .serverSite) }
            options.site = text.isEmpty ? nil : checked.value
            findings = judge.findings
        }
        return (options, findings)
    }
}
