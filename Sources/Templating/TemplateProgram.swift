import Synchronization

/// One step of a program. Every operand is an integer, so that walking the steps counts no references.
enum TemplateStep {
    /// Bytes of the program's literals, as they are.
    case literal(Range<Int>)
    /// A value, escaped.
    case text(TemplatePath)
    /// A value, raw where it is trusted HTML.
    case markup(TemplatePath)
    /// The steps up to `end`, once for each element or once if true.
    case section(TemplatePath, end: Int)
    /// The steps up to `end`, if the value is false.
    case inverted(TemplatePath, end: Int)
}

/// A dotted name: its first key, and where in the program's `innerKeys` the others stand.
struct TemplatePath {
    let first: Int
    let inner: Range<Int>
}

/// A template compiled to a flat list of steps.
final class TemplateProgram: Sendable {
    private let steps: [TemplateStep]
    private let literals: [UInt8]
    private let innerKeys: [Int]
    /// Size of the page rendered last: the best guess at how much room the next one needs.
    private let lastSize = Atomic(0)

    init(steps: [TemplateStep], literals: [UInt8], innerKeys: [Int]) {
        self.steps = steps
        self.literals = literals
        self.innerKeys = innerKeys
    }

    func render(_ model: TemplateModel, into page: inout [UInt8]) {
        let start = page.count
        page.reserveCapacity(start + lastSize.load(ordering: .relaxed))
        var scopes = [model]
        run(0..<steps.count, &scopes, into: &page)
        lastSize.store(page.count - start, ordering: .relaxed)
    }

    private func run(_ range: Range<Int>, _ scopes: inout [TemplateModel], into page: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let body = index + 1
            index = body
            switch steps[body - 1] {
            case .literal(let bytes):
                page.append(contentsOf: literals[bytes])
            case .text(let path):
                page.appendEscaped(value(at: path, scopes), trusted: false)
            case .markup(let path):
                page.appendEscaped(value(at: path, scopes), trusted: true)
            case .section(let path, let end):
                runSection(value(at: path, scopes), body..<end, &scopes, into: &page)
                index = end
            case .inverted(let path, let end):
                if !value(at: path, scopes).isTrue {
                    run(body..<end, &scopes, into: &page)
                }
                index = end
            }
        }
    }

    private func runSection(
        _ value: TemplateValue, _ body: Range<Int>, _ scopes: inout [TemplateModel], into page: inout [UInt8]
    ) {
        switch value {
        case .model(let model):
            run(body, inside: model, &scopes, into: &page)
        case .list(let models):
            for model in models {
                run(body, inside: model, &scopes, into: &page)
            }
        default:
            if value.isTrue {
                run(body, &scopes, into: &page)
            }
        }
    }

    private func run(
        _ body: Range<Int>, inside model: TemplateModel, _ scopes: inout [TemplateModel], into page: inout [UInt8]
    ) {
        scopes.append(model)
        run(body, &scopes, into: &page)
        scopes.removeLast()
    }

    /// The innermost scope that has the first key decides; the other keys are looked up in its value only.
    private func value(at path: TemplatePath, _ scopes: [TemplateModel]) -> TemplateValue {
        for scope in scopes.reversed() {
            if let found = scope.value(for: path.first) {
                return path.inner.isEmpty ? found : value(below: found, path.inner)
            }
        }
        return .nothing
    }

    private func value(below found: TemplateValue, _ keys: Range<Int>) -> TemplateValue {
        var value = found
        for key in innerKeys[keys] {
            guard case .model(let model) = value else { return .nothing }
            value = model.value(for: key) ?? .nothing
        }
        return value
    }
}
