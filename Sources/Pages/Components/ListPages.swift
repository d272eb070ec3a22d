import Templating

extension TemplateModel {
    /// The links below a list that has more than one page.
    ///
    /// - Parameters:
    ///   - page: which page of how many this is, in words; nil where nobody counted.
    ///   - first: the way back to the start; nil on the first page.
    ///   - next: nil on the last page.
    mutating func fillPages(page: String? = nil, first: String?, next: String?) {
        self[.hasPages] = .flag(page != nil || first != nil || next != nil)
        self[.page] = .optional(page)
        self[.firstLink] = .optional(first)
        self[.nextLink] = .optional(next)
    }
}
