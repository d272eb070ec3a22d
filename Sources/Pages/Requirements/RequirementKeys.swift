import Templating

/// The names that the templates of network requirements use beside those of all pages.
extension TemplateKey {
    static let answers: TemplateKey = "answers"
    static let asksForSites: TemplateKey = "asksForSites"
    static let cloudOptions: TemplateKey = "cloudOptions"
    static let fault: TemplateKey = "fault"
    static let files: TemplateKey = "files"
    static let hasAnswers: TemplateKey = "hasAnswers"
    static let hasHosts: TemplateKey = "hasHosts"
    static let hasPorts: TemplateKey = "hasPorts"
    static let hosts: TemplateKey = "hosts"
    static let isChosen: TemplateKey = "isChosen"
    static let isHierarchy: TemplateKey = "isHierarchy"
    static let ports: TemplateKey = "ports"
    static let requirementsLink: TemplateKey = "requirementsLink"
    static let showOptions: TemplateKey = "showOptions"
    static let whose: TemplateKey = "whose"
}
