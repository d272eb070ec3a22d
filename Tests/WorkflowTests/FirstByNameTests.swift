import Testing

@testable import Workflow

@Suite("The first of many by name")
struct FirstByNameTests {
    @Test("however many come, and in whatever order, the first by name stay")
    func first() {
        var names = FirstByName<Int>(limit: 3)
        for number in [9, 4, 7, 2, 8, 6, 1, 5, 3] { names.add(number, key: "cm\(number)") }
        #expect(names.all == [1, 2, 3])
        names.add(0, key: "cm0")
        #expect(names.all == [0, 1, 2])
    }
}
