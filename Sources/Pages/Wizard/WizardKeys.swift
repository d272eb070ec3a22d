import Templating

// The names that only the templates of wizards use.
extension TemplateKey {
    static let addRolesKind: TemplateKey = "addRolesKind"
    static let addServerLink: TemplateKey = "addServerLink"
    static let backLink: TemplateKey = "backLink"
    static let componentRevision: TemplateKey = "componentRevision"
    static let drafts: TemplateKey = "drafts"
    static let hasDrafts: TemplateKey = "hasDrafts"
    static let hasNested: TemplateKey = "hasNested"
    static let hasOffers: TemplateKey = "hasOffers"
    static let hasSteps: TemplateKey = "hasSteps"
    static let hasSites: TemplateKey = "hasSites"
    static let isConflicting: TemplateKey = "isConflicting"
    static let isDone: TemplateKey = "isDone"
    static let isOffered: TemplateKey = "isOffered"
    static let nested: TemplateKey = "nested"
    static let notes: TemplateKey = "notes"
    static let offers: TemplateKey = "offers"
    static let position: TemplateKey = "position"
    static let serverLink: TemplateKey = "serverLink"
    static let serverRevision: TemplateKey = "serverRevision"
    static let steps: TemplateKey = "steps"
    static let takeLabel: TemplateKey = "takeLabel"
    static let tasks: TemplateKey = "tasks"
    static let wizardKind: TemplateKey = "wizardKind"
    static let wizardsLink: TemplateKey = "wizardsLink"
}
