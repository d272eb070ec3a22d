/// Ends the run, so that libFuzzer keeps the input, when something does not hold that must hold for every input.
func hold(_ condition: @autoclosure () -> Bool, _ sentence: @autoclosure () -> String) {
    if !condition() { fatalError(sentence()) }
}

/// Numbers that follow from the input alone: the same input is always tried the same way.
struct InputGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// FNV-1a over the input.
    init(_ input: UnsafeRawBufferPointer) {
        state = input.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension UnsafeRawBufferPointer {
    /// Hands out the bytes in pieces of up to `longest`, each in memory of its own: reading beyond a piece is found.
    func forEachPiece(upTo longest: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        var random = InputGenerator(self)
        var rest = self
        while !rest.isEmpty {
            let count = Int.random(in: 1...Swift.min(longest, rest.count), using: &random)
            let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
            defer { piece.deallocate() }
            piece.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
            try body(UnsafeRawBufferPointer(piece))
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}
