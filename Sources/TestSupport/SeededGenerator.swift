/// A random generator that gives the same numbers for the same seed, so that a failing case can be met again.
///
/// SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A text of up to `length` scalars from the alphabet.
    public mutating func text(of alphabet: [Unicode.Scalar], upTo length: Int) -> String {
        let count = Int.random(in: 0...length, using: &self)
        var text = String.UnicodeScalarView()
        for _ in 0..<count {
            if let scalar = alphabet.randomElement(using: &self) { text.append(scalar) }
        }
        return String(text)
    }
}
