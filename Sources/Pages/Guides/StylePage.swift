import Domain
import FoundationEssentials
import Templating

/// The examples beside the components, by the component's name.
public struct ComponentExamples: Sendable {
    /// The models of each component's examples, in the order of its file.
    public let models: [String: [TemplateModel]]

    /// Reads every `<component>.example.json` of a folder: a list of models.
    init(directory: String) throws {
        let ending = ".example.json"
        let files = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(ending) }
        var models: [String: [TemplateModel]] = [:]
        for file in files {
            let text = try String(contentsOfFile: directory + "/" + file, encoding: .utf8)
            do {
                models[String(file.dropLast(ending.count))] = try JSONValue(parsing: text).items.map(\.model)
            } catch {
                throw ExampleFault(file: directory + "/" + file, cause: String(describing: error))
            }
        }
        self.models = models
    }
}

/// An example that is not what a component can be filled with.
public struct ExampleFault: Error, CustomStringConvertible {
    let file: String
    let cause: String

    public var description: String { "\(file):1: the example is not a list of JSON objects: \(cause)" }
}

extension JSONValue {
    /// An object as what fills a template.
    fileprivate var model: TemplateModel {
        guard case .object(let members) = self else { return TemplateModel() }
        var model = TemplateModel()
        for (name, value) in members { model[TemplateKey(name)] = value.templateValue }
        return model
    }

    private var templateValue: TemplateValue {
        switch self {
        case .null: .nothing
        case .flag(let flag): .flag(flag)
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        case .list(let items): .list(items.map(\.model))
        case .object: .model(model)
        }
    }
}

/// Every component with its examples, for whoever changes one.
public struct StylePage: Page {
    public static let template = "pages/style"
    let examples: ComponentExamples

    public init(examples: ComponentExamples) { self.examples = examples }

    public var frame: PageFrame { PageFrame(title: "Components", section: nil) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        for (name, models) in examples.models { model[TemplateKey("example-" + name)] = .list(models) }
    }
}
