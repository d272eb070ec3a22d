/// The lists of type names of a file: PowerShell writes each once, with a number, and refers to the number after that.
struct TypeLists {
    private var classes: [Int: RecordClass] = [:]

    mutating func define(_ number: Int?, _ recordClass: RecordClass) {
        guard let number, classes.count < Limit.typeLists else { return }
        classes[number] = recordClass
    }

    func recordClass(_ number: Int?) -> RecordClass { number.flatMap { classes[$0] } ?? .unnamed }
}
