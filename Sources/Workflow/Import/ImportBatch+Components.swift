import Domain

extension ImportBatch {
    func stage(_ draft: ComponentDraft) throws {
        var judge = Judge(.fileImport, entity: .component, key: draft.site?.text)
        let site = checkSite(draft.site, &judge)
        let fields = check(draft.fields, &judge)
        try tell(judge)
        guard site != .refused, fields != .untold else { return }
        try staging.add(StagedComponent(site: site.code, place: draft.place, fields: fields))
    }

    /// What is doubtful is told once the parts of a component are together.
    private func check(_ draft: Draft, _ judge: inout Judge) -> StagedGroup {
        var own = Judge(.fileImport, entity: judge.entity, key: judge.key)
        let component = SoftwareUpdatePointComponent.check(draft, base: nil, &own)
        for finding in own.findings { judge.take(finding) }
        if own.refuses { return .refused }
        return component == nil ? .untold : .checked(draft)
    }

    func stage(_ draft: UpdateCategoryDraft) throws {
        guard draft.isSubscribed else {
            return try staging.add(StagedUpdateCategory(kind: draft.kind, place: draft.place, name: nil))
        }
        var judge = Judge(.fileImport)
        let name = DisplayText.check(draft.name.text, label: "The name under “\(draft.kind.field.label)”")
        judge.find(name.problems, draft.kind.field, at: draft.name.place)
        try tell(judge)
        guard let name = name.value, !name.text.isEmpty else { return }
        try staging.add(StagedUpdateCategory(kind: draft.kind, place: draft.place, name: name.text))
    }
}
