/// All templates of a folder, compiled once at start.
///
/// The language is Mustache without its surprises: variables (always escaped unless the value is `TrustedHTML` in
/// triple braces), dotted names, sections, inverted sections, comments, partials, and blocks inherited from a layout.
/// Everything else is refused when the set is made.
public struct TemplateSet: Sendable {
    private let programs: [String: TemplateProgram]

    /// Compiles templates given as text.
    ///
    /// - Parameter sources: source by name; names are paths without extension, such as `pages/proxy`.
    /// - Throws: `TemplateErrors` with every template that has a fault.
    public init(sources: [String: String]) throws(TemplateErrors) {
        try self.init(sources: sources, folder: "")
    }

    /// Compiles templates whose faults are reported as lying below `folder`.
    init(sources: [String: String], folder: String) throws(TemplateErrors) {
        var faults: Set<TemplateError> = []
        let parsed = Self.collect(sources, into: &faults) { (name, source) throws(TemplateError) in
            try TemplateParser.parse(source, file: "\(folder)\(name).mustache")
        }
        // A file that does not parse would be reported a second time by each file that includes it.
        guard faults.isEmpty else { throw TemplateErrors(faults) }
        programs = Self.collect(parsed, into: &faults) { (name, _) throws(TemplateError) in
            try TemplateCompiler.compile(name, among: parsed)
        }
        guard faults.isEmpty else { throw TemplateErrors(faults) }
    }

    /// Renders a template.
    ///
    /// - Returns: the page in UTF-8.
    /// - Throws: `UnknownTemplate`; with a template there is nothing that can fail.
    public func render(_ name: String, _ model: TemplateModel) throws(UnknownTemplate) -> [UInt8] {
        var page: [UInt8] = []
        try render(name, model, into: &page)
        return page
    }

    /// Renders a template behind what `page` already holds.
    ///
    /// - Throws: `UnknownTemplate`; `page` is then as it was.
    public func render(_ name: String, _ model: TemplateModel, into page: inout [UInt8]) throws(UnknownTemplate) {
        guard let program = programs[name] else { throw UnknownTemplate(name: name) }
        program.render(model, into: &page)
    }

    /// The names of all templates, sorted.
    public var names: [String] {
        programs.keys.sorted()
    }

    /// Maps each entry, gathering faults rather than stopping at the first.
    private static func collect<Input, Output>(
        _ inputs: [String: Input], into faults: inout Set<TemplateError>,
        _ make: (String, Input) throws(TemplateError) -> Output
    ) -> [String: Output] {
        var outputs: [String: Output] = [:]
        for (name, input) in inputs {
            do throws(TemplateError) {
                outputs[name] = try make(name, input)
            } catch {
                faults.insert(error)
            }
        }
        return outputs
    }
}
