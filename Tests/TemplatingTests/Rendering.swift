import Templating

/// Trusted HTML as these tests write it; the portal's own conformance is the manual's rendered Markdown.
struct Trusted: TrustedHTML {
    let html: String
}

/// Renders one template that may include others.
func rendered(
    _ template: String, _ model: TemplateModel = [:], including others: [String: String] = [:]
) throws -> String {
    let set = try TemplateSet(sources: others.merging(["page": template]) { _, page in page })
    return String(decoding: try set.render("page", model), as: UTF8.self)
}

/// What compiling these sources is refused with, `file:line: message` each; empty when nothing is refused.
func refusals(_ sources: [String: String]) -> [String] {
    do throws(TemplateErrors) {
        _ = try TemplateSet(sources: sources)
        return []
    } catch {
        return error.errors.map(\.description)
    }
}
