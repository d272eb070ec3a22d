/// Positions first in, first out.
struct PositionQueue {
    private var positions: [Position] = []
    private var head = 0

    mutating func append(_ position: Position) { positions.append(position) }

    /// The oldest position; the start of the file when there is none, which only a malformed document can bring about.
    mutating func next() -> Position {
        guard head < positions.count else { return .start }
        defer { dropRead() }
        return positions[head]
    }

    private mutating func dropRead() {
        head += 1
        guard head == positions.count else { return }
        positions.removeAll(keepingCapacity: true)
        head = 0
    }
}
