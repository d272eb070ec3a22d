import Domain
import Manual
import Templating

/// What is the same on every page about the control of a field: made once for each field, and copied.
struct ControlModels: Sendable {
    private let bases: [FieldKey: TemplateModel]

    init(_ manual: Manual) {
        bases = Dictionary(uniqueKeysWithValues: FieldKey.allCases.map { ($0, Self.base(of: $0, manual)) })
    }

    private static func base(of key: FieldKey, _ manual: Manual) -> TemplateModel {
        let field = FieldCatalogue.field(key)
        let id = key.rawValue.controlID
        var model: TemplateModel = [
            .id: .text(id), .name: .text(key.rawValue), .label: .text(field.label), .hint: .text(manual.hint(for: key)),
            .help: .text(manual.link(for: key)), .hintID: .text(id + "-hint"), .errorID: .text(id + "-error"),
            .describedBy: .text(id + "-hint"), .hasErrors: false, .errors: [], .isOptional: .flag(!isNeeded(key)),
            .isText: .flag(field.control == .text), .isNumber: .flag(field.control == .number),
            .isLines: .flag(field.control == .lines), .isCheckBox: .flag(field.control == .checkBox),
            .isChoice: false, .options: [], .isChecked: false, .value: "",
        ]
        if case .choice = field.control { model[.isChoice] = true }
        return model
    }

    /// Fields that a form cannot do without; all others say that they are optional.
    private static func isNeeded(_ key: FieldKey) -> Bool {
        switch key {
        case .serverName, .serverSite, .siteCode, .proxyServer, .proxyPort, .proxyAccount, .supHTTPPort, .supHTTPSPort,
            .supClientConnections, .scpMode, .roleName:
            true
        default: false
        }
    }

    /// The control of a field, holding `stored` unless something else was typed.
    ///
    /// - Parameter name: the control's name where it is not the field's key, because a form has the field several times.
    func control(
        _ key: FieldKey, named name: String? = nil, stored: FieldValue, in form: FormState, _ words: PageWords
    ) -> TemplateModel {
        var model = bases[key] ?? TemplateModel()
        let id = (name ?? key.rawValue).controlID
        if let name {
            model[.id] = .text(id)
            model[.name] = .text(name)
            model[.hintID] = .text(id + "-hint")
            model[.errorID] = .text(id + "-error")
            model[.describedBy] = .text(id + "-hint")
        }
        let value = form.typed[name ?? key.rawValue] ?? stored.text
        let errors = form.errors(of: name ?? key.rawValue)
        if !errors.isEmpty {
            model[.hasErrors] = true
            model[.errors] = words.errorList(errors)
            model[.describedBy] = .text("\(id)-hint \(id)-error")
        }
        switch FieldCatalogue.field(key).control {
        case .checkBox: model[.isChecked] = .flag(value == "true")
        case .choice(let choices): model[.options] = Self.options(choices.map { ($0.value, $0.label) }, chosen: value)
        case .text, .lines, .number: model[.value] = .text(value)
        }
        return model
    }

    /// The control of a field of which nothing is known yet: a check box becomes a choice with the answer "not told",
    /// because an empty box would say "off".
    func untoldControl(_ key: FieldKey, in form: FormState, _ words: PageWords) -> TemplateModel {
        var model = control(key, stored: .nothing, in: form, words)
        let value = form.typed[key.rawValue] ?? ""
        let notTold = [(value: "", label: "Not told")]
        switch FieldCatalogue.field(key).control {
        case .checkBox:
            model[.isCheckBox] = false
            model[.isChoice] = true
            model[.options] = Self.options(notTold + [("true", "On"), ("false", "Off")], chosen: value)
        case .choice(let choices):
            model[.options] = Self.options(notTold + choices.map { ($0.value, $0.label) }, chosen: value)
        case .text, .lines, .number: break
        }
        model[.isOptional] = true
        return model
    }

    /// A text that is chosen from a list; one that the list does not have is added, so that nothing is lost.
    func listControl(
        _ key: FieldKey, stored: FieldValue, from choices: [(value: String, label: String)], in form: FormState,
        _ words: PageWords
    ) -> TemplateModel {
        var model = control(key, stored: stored, in: form, words)
        let value = form.typed[key.rawValue] ?? stored.text
        let known = choices.contains { $0.value.asciiFolded == value.asciiFolded }
        let chosen = choices.first { $0.value.asciiFolded == value.asciiFolded }?.value ?? value
        model[.isText] = false
        model[.isChoice] = true
        model[.options] = Self.options(choices + (known ? [] : [(value, value)]), chosen: chosen)
        return model
    }

    private static func options(_ choices: [(value: String, label: String)], chosen: String) -> TemplateValue {
        .list(
            choices.map {
                [.value: .text($0.value), .label: .text($0.label), .isSelected: .flag($0.value == chosen)]
            })
    }
}
