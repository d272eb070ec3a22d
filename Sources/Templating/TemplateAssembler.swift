/// Gathers the steps of a program.
struct TemplateAssembler {
    private var steps: [TemplateStep] = []
    private var literals: [UInt8] = []
    private var innerKeys: [Int] = []
    /// The first step that may still grow: a literal before it ends a section, and what follows must not slip inside.
    private var firstGrowing = 0

    var program: TemplateProgram {
        TemplateProgram(steps: steps, literals: literals, innerKeys: innerKeys)
    }

    mutating func addLiteral(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let start = literals.count
        literals += bytes
        if steps.count > firstGrowing, case .literal(let last)? = steps.last {
            steps[steps.count - 1] = .literal(last.lowerBound..<literals.count)
        } else {
            steps.append(.literal(start..<literals.count))
        }
    }

    mutating func addVariable(_ name: String, isMarkup: Bool) {
        let path = path(of: name)
        steps.append(isMarkup ? .markup(path) : .text(path))
    }

    /// Opens a section, to be closed with what is returned.
    mutating func openSection(_ name: String, isInverted: Bool) -> Int {
        let path = path(of: name)
        steps.append(isInverted ? .inverted(path, end: 0) : .section(path, end: 0))
        return steps.count - 1
    }

    mutating func closeSection(_ section: Int) {
        switch steps[section] {
        case .section(let path, _): steps[section] = .section(path, end: steps.count)
        case .inverted(let path, _): steps[section] = .inverted(path, end: steps.count)
        default: return
        }
        firstGrowing = steps.count
    }

    private mutating func path(of name: String) -> TemplatePath {
        let keys = name.split(separator: ".").map { TemplateKey(String($0)).id }
        let start = innerKeys.count
        innerKeys += keys.dropFirst()
        return TemplatePath(first: keys[0], inner: start..<innerKeys.count)
    }
}
