/// The first so many of a list by folded name; the rest is forgotten on the way, so that no list grows without end.
struct FirstByName<Element> {
    let limit: Int
    private var elements: [(key: String, element: Element)] = []

    init(limit: Int) { self.limit = limit }

    mutating func add(_ element: Element, key: String) {
        elements.append((key, element))
        // Cut at twice the limit, an addition costs little on average.
        if elements.count >= 2 * limit { elements = first() }
    }

    /// In the order of the names.
    var all: [Element] { first().map(\.element) }

    private func first() -> [(key: String, element: Element)] {
        Array(elements.sorted { $0.key < $1.key }.prefix(limit))
    }
}
