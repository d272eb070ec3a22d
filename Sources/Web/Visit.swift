import HTTPTypes
import Hummingbird
import Pages

/// One request, as handlers see it.
struct Visit: Sendable {
    let request: Request
    /// The body of an upload; nil of any other request.
    let upload: UploadBody?
    let route: Route
    /// What follows the question mark, as it was sent.
    let queryText: Substring
    /// The random id under which the log and error pages know it.
    let id: String

    var isPost: Bool { request.method == .post }

    /// The query's pairs; those that are not well-formed text are left out.
    var query: [(name: String, value: String)] {
        queryText.split(separator: "&").compactMap { part in
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = String(halves[0]).percentDecoded(plusIsSpace: true),
                let value = String(halves.count > 1 ? halves[1] : "").percentDecoded(plusIsSpace: true)
            else { return nil }
            return (name, value)
        }
    }

    /// A number of the query, such as the place where a page of a list starts.
    func number(_ name: String) -> Int? {
        queryText.isEmpty ? nil : query.first { $0.name == name }.flatMap { Int($0.value) }
    }

    func asks(_ name: String) -> Bool { !queryText.isEmpty && query.contains { $0.name == name } }

    /// Another address with this one's query.
    func withQuery(_ route: Route) -> String {
        queryText.isEmpty ? route.path : route.path + "?" + queryText
    }
}
