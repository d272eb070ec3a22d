import TestSupport
import Testing

@testable import Web

@Suite("Form bodies")
struct FormBodyTests {
    /// Reproducible, so that a failure can be looked at again.
    struct Randomness: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    static func text(_ random: inout Randomness) -> String {
        let alphabet: [Character] = [
            "a", "Z", "0", " ", "+", "%", "&", "=", ";", ".", "\r", "\n", "ä", "€", "😀", "\"", "<", "\u{202E}",
        ]
        return String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
    }

    @Test(arguments: 1...200)
    func whatWasEncodedIsReadInItsOrder(seed: Int) {
        var random = Randomness(state: UInt64(seed))
        let pairs = (0..<Int.random(in: 0...20, using: &random)).map { _ in
            ("n" + Self.text(&random), Self.text(&random))
        }
        let body = FormBody(bytes: HTTPClient.encode(pairs).utf8)
        #expect(body.pairs.map(\.name) == pairs.map(\.0))
        #expect(body.pairs.map(\.value) == pairs.map(\.1))
        #expect(!body.pairs.contains(where: \.isBroken) && !body.isCut)
    }

    @Test(arguments: 1...200)
    func noBytesAreTooOddToBeRead(seed: Int) {
        var random = Randomness(state: UInt64(seed))
        let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
            Bool.random(using: &random)
                ? UInt8.random(in: 0...255, using: &random) : Array("%&=+ab".utf8).randomElement(using: &random) ?? 0
        }
        let body = FormBody(bytes: bytes)
        #expect(body.pairs.allSatisfy { !$0.value.utf8.contains(0) && !$0.name.utf8.contains(0) })
    }

    @Test(arguments: ["a=%FF", "a=%C3", "a=%00", "a=\u{0}", "a=%", "a=%1", "a=%zz", "%FF=a", "a=%C0%80", "a=%ED%A0%80"])
    func textThatIsNoneIsMarked(body: String) {
        #expect(FormBody(bytes: body.utf8).pairs.map(\.isBroken) == [true])
    }

    @Test func emptyPartsAreNoControls() {
        #expect(FormBody(bytes: "&&a=1&&b&".utf8).pairs.map(\.name) == ["a", "b"])
    }

    @Test func aFormHasAnEnd() {
        let body = FormBody(bytes: String(repeating: "a=1&", count: 201).utf8)
        #expect(body.pairs.count == 200)
        #expect(body.isCut)
    }
}
