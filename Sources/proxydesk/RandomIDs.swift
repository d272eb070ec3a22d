import Foundation
import Synchronization

/// Random ids of 128 bits from the system's generator, which is asked for many at once: every request takes one.
final class RandomIDs: Sendable {
    private let words = Mutex<[UInt64]>([])

    /// Lower-case base32, 26 characters.
    func next() -> String {
        var (high, low) = words.withLock { words in
            if words.count < 2 { words = Self.fresh() }
            return (words.removeLast(), words.removeLast())
        }
        return String(unsafeUninitializedCapacity: Self.length) { text in
            for index in 0..<Self.length {
                let digit = UInt8(high >> 59)
                text[index] = digit < 26 ? UInt8(ascii: "a") + digit : UInt8(ascii: "2") + digit - 26
                high = high << 5 | low >> 59
                low <<= 5
            }
            return Self.length
        }
    }

    private static let length = 26

    /// 256 bytes are what the system gives at once.
    private static func fresh() -> [UInt64] {
        var words = [UInt64](repeating: 0, count: 32)
        let isFilled = words.withUnsafeMutableBytes { getentropy($0.baseAddress!, $0.count) == 0 }
        return isFilled ? words : words.map { _ in UInt64.random(in: .min ... .max) }
    }
}
