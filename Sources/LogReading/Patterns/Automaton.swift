/// Finds many texts in one pass: an automaton that takes one step for each byte. The case of ASCII letters does not count.
///
/// Source: Aho and Corasick, "Efficient string matching" (1975).
struct Automaton: Sendable {
    /// Which column of the table a byte has; bytes that no text holds share the first.
    private let columns: [UInt8]
    private let width: Int
    /// The next state by state and column. A state is the index of its row's first entry.
    private let table: [UInt32]
    /// States from here on end at least one text.
    private let firstAccepting: UInt32
    private let endings: [[Int]]
    /// The bytes of the longest text.
    private let longest: Int

    /// - Parameter texts: none is empty, and together they hold fewer than 256 different bytes.
    init(_ texts: [[UInt8]]) {
        let folded = texts.map { $0.map(\.asciiLowercased) }
        var columns = [UInt8](repeating: 0, count: 256)
        for (number, byte) in Set(folded.joined()).sorted().enumerated() {
            columns[Int(byte)] = UInt8(number + 1)
            columns[Int(byte.asciiUppercased)] = UInt8(number + 1)
        }
        var trie = Trie(width: Int(columns.max() ?? 0) + 1)
        for (number, text) in folded.enumerated() { trie.insert(text.map { Int(columns[Int($0)]) }, number) }
        trie.link()
        let (table, firstAccepting, endings) = trie.rows()
        self.columns = columns
        self.width = trie.width
        self.table = table
        self.firstAccepting = firstAccepting
        self.endings = endings
        longest = folded.map(\.count).max() ?? 0
    }

    /// A text that was met, and the index behind it.
    struct Match {
        let text: Int
        let end: Int
    }

    /// Shorter ranges are walked in one go.
    private static let shortestCut = 4_096

    /// Adds every text that lies within the range, in the order of their ends.
    func scan(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>, into matches: inout [Match]) {
        guard let base = bytes.baseAddress, !range.isEmpty else { return }
        columns.withUnsafeBufferPointer { columns in
            table.withUnsafeBufferPointer { table in
                guard let columns = columns.baseAddress, let table = table.baseAddress else { return }
                let steps = Steps(base: base, columns: columns, table: table)
                if range.count < Self.shortestCut {
                    _ = walk(range, from: 0, steps, into: &matches)
                } else {
                    walkAbreast(range, steps, into: &matches)
                }
            }
        }
    }

    /// Where the steps read.
    private struct Steps {
        let base: UnsafeRawPointer
        let columns: UnsafePointer<UInt8>
        let table: UnsafePointer<UInt32>

        @inline(__always)
        func next(_ state: UInt32, _ index: Int) -> UInt32 {
            table[Int(state &+ UInt32(columns[Int(base.load(fromByteOffset: index, as: UInt8.self))]))]
        }
    }

    private func walk(_ range: Range<Int>, from state: UInt32, _ steps: Steps, into matches: inout [Match]) -> UInt32 {
        var state = state
        var index = range.lowerBound
        while index < range.upperBound {
            state = steps.next(state, index)
            index += 1
            if state >= firstAccepting { note(state, index, &matches) }
        }
        return state
    }

    /// Each step waits for the one before it: four walks through the quarters of the range wait at the same time.
    private func walkAbreast(_ range: Range<Int>, _ steps: Steps, into matches: inout [Match]) {
        let quarter = range.count / 4
        let starts = (0..<4).map { range.lowerBound + $0 * quarter }
        var ignored: [Match] = []
        // The state at a place depends on no more bytes before it than the longest text has.
        let states = starts.map { walk(max(range.lowerBound, $0 - longest)..<$0, from: 0, steps, into: &ignored) }
        var (first, second, third, fourth) = (states[0], states[1], states[2], states[3])
        var found: (first: [Match], second: [Match], third: [Match]) = ([], [], [])
        var last: [Match] = []
        let (one, two, three, four) = (starts[0], starts[1], starts[2], starts[3])
        for offset in 0..<quarter {
            first = steps.next(first, one + offset)
            second = steps.next(second, two + offset)
            third = steps.next(third, three + offset)
            fourth = steps.next(fourth, four + offset)
            guard max(max(first, second), max(third, fourth)) >= firstAccepting else { continue }
            if first >= firstAccepting { note(first, one + offset + 1, &found.first) }
            if second >= firstAccepting { note(second, two + offset + 1, &found.second) }
            if third >= firstAccepting { note(third, three + offset + 1, &found.third) }
            if fourth >= firstAccepting { note(fourth, four + offset + 1, &last) }
        }
        _ = walk(four + quarter..<range.upperBound, from: fourth, steps, into: &last)
        matches += found.first
        matches += found.second
        matches += found.third
        matches += last
    }

    private func note(_ state: UInt32, _ end: Int, _ matches: inout [Match]) {
        for text in endings[Int(state - firstAccepting) / width] { matches.append(Match(text: text, end: end)) }
    }
}

/// The texts as a tree, on the way to an automaton.
private struct Trie {
    let width: Int
    private var children: [[Int]]
    private var endings: [[Int]] = [[]]
    private var order: [Int] = []

    init(width: Int) {
        self.width = width
        children = [Array(repeating: -1, count: width)]
    }

    mutating func insert(_ columns: [Int], _ number: Int) {
        var node = 0
        for column in columns {
            if children[node][column] < 0 {
                children[node][column] = children.count
                children.append(Array(repeating: -1, count: width))
                endings.append([])
            }
            node = children[node][column]
        }
        endings[node].append(number)
    }

    /// Fills in where every node leads for every column: to the longest end of what was read that begins a text.
    mutating func link() {
        var fallback = Array(repeating: 0, count: children.count)
        order = [0]
        var index = 0
        while index < order.count {
            let node = order[index]
            index += 1
            for column in 0..<width {
                let other = node == 0 ? 0 : children[fallback[node]][column]
                let child = children[node][column]
                if child < 0 {
                    children[node][column] = other
                } else {
                    fallback[child] = other
                    endings[child] += endings[other]
                    order.append(child)
                }
            }
        }
    }

    /// The table, with the states that end a text behind all others.
    func rows() -> (table: [UInt32], firstAccepting: UInt32, endings: [[Int]]) {
        let silent = order.filter { endings[$0].isEmpty }
        let sorted = silent + order.filter { !endings[$0].isEmpty }
        var place = Array(repeating: 0, count: children.count)
        for (row, node) in sorted.enumerated() { place[node] = row * width }
        let table = sorted.flatMap { node in children[node].map { UInt32(place[$0]) } }
        return (table, UInt32(silent.count * width), sorted.dropFirst(silent.count).map { endings[$0] })
    }
}

extension UInt8 {
    var asciiLowercased: UInt8 { 0x41 <= self && self <= 0x5A ? self | 0x20 : self }
    var asciiUppercased: UInt8 { 0x61 <= self && self <= 0x7A ? self & ~0x20 : self }
    var isDigit: Bool { 0x30 <= self && self <= 0x39 }
    var isLetter: Bool { 0x61 <= self | 0x20 && self | 0x20 <= 0x7A }
    /// Whether it belongs to a word or a number: what stands beside a code must not.
    var isWord: Bool { isDigit || isLetter || self == UInt8(ascii: "_") }
}
