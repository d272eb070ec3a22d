import Domain
import Pages

/// A form that was sent, read with what its page has for controls. It finds what is wrong with the form itself; what is
/// wrong with its values is for `Domain`.
struct FormReading {
    /// What was typed, by control; a box that was shown and not ticked says `false`.
    private(set) var typed: [String: String] = [:]
    private(set) var problems: [FormProblem] = []
    /// The pairs as they were sent, to be sent again.
    let sent: [(name: String, value: String)]
    private let form: Form

    /// What the controls of a form are.
    struct Form {
        var fields: [Field]
        var hasRevision = true
        /// Check boxes beside the fields.
        var boxes: Set<String> = []
        /// Buttons that carry a name, because they do something else than save.
        var buttons: Set<String> = []
        /// Hidden controls beside the revision.
        var hidden: Set<String> = []
        /// Texts beside the fields: their name, what they are called, and how many characters they may have.
        var texts: [(name: String, label: String, longest: Int)] = []
        /// A list beside the fields, and whether it offers a value.
        var list: (name: String, offers: @Sendable (String) -> Bool)?
    }

    /// The longest reason, in characters.
    static let longestReason = 500

    init(_ body: FormBody, _ form: Form) {
        self.form = form
        sent = body.pairs.map { ($0.name, $0.value) }
        var seen: Set<String> = []
        var unknown: [String] = []
        for pair in body.pairs {
            guard let control = control(named: pair.name) else {
                unknown.append(pair.name)
                continue
            }
            guard seen.insert(pair.name).inserted else {
                find(
                    .formControlRepeated, control,
                    "\(control.label) was sent twice. Open the page again and enter it once.")
                continue
            }
            take(pair, control)
        }
        findUnknown(unknown, isCut: body.isCut)
        fillShownBoxes(seen)
        checkList()
        checkReason()
        if form.hasRevision && revision == nil { findMissingRevision() }
    }

    /// What the edit started from.
    var revision: Int? { typed["revision"].flatMap { Int($0) } }

    /// Nil when none was given.
    var reason: String? { typed["reason"].flatMap { $0.isEmpty ? nil : $0 } }

    /// What was sent for some fields; a field that was not sent is absent, which is not blank.
    func draft(_ fields: [Field]) -> Draft {
        var draft = Draft()
        for field in fields { draft[field.key] = typed[field.key.rawValue].map { Sent($0) } }
        return draft
    }

    /// What the page shows when the form is refused.
    func state(revision: Int?, _ findings: [Finding] = []) -> FormState {
        FormState(revision: revision, typed: typed, problems: problems + findings.map { FormProblem($0) })
    }

    // MARK: - Controls

    /// A control a form may send: what it is called, and how many bytes it may hold.
    private struct Control {
        let name: String
        let label: String
        let mostBytes: Int
        let longest: Int
    }

    private func control(named name: String) -> Control? {
        if let field = form.fields.first(where: { $0.key.rawValue == name }) {
            return Control(name: name, label: field.label, mostBytes: field.longest * 4, longest: field.longest)
        }
        if name.hasSuffix(".shown") { return shownControl(named: name) }
        if let text = form.texts.first(where: { $0.name == name }) {
            return Control(name: name, label: text.label, mostBytes: text.longest * 4, longest: text.longest)
        }
        if form.boxes.contains(name) { return short(name, label: "Remove") }
        if form.buttons.contains(name) { return short(name, label: "The button") }
        if form.hidden.contains(name) { return short(name, label: "A hidden control") }
        if form.list?.name == name { return short(name, label: "The list") }
        if name == "revision" && form.hasRevision { return short(name, label: "The revision") }
        if name == "reason" {
            return Control(
                name: name, label: "The reason", mostBytes: Self.longestReason * 4, longest: Self.longestReason)
        }
        return nil
    }

    private func short(_ name: String, label: String) -> Control {
        Control(name: name, label: label, mostBytes: 1020, longest: 255)
    }

    /// The hidden companion of a check box, which tells "off" from "not sent".
    private func shownControl(named name: String) -> Control? {
        let box = String(name.dropLast(".shown".count))
        let isField = form.fields.contains { $0.key.rawValue == box && $0.control == .checkBox }
        return isField || form.boxes.contains(box) ? short(name, label: "A check box") : nil
    }

    private mutating func take(_ pair: FormBody.Pair, _ control: Control) {
        typed[control.name] = pair.value.withPlainLines
        if pair.isBroken {
            find(.formEncoding, control, "\(control.label) holds bytes that are not text. Type it anew.")
        } else if pair.value.utf8.count > control.mostBytes {
            find(
                .formControlLong, control,
                "\(control.label) must be \(control.longest) characters or fewer. This one has \(pair.value.count).")
        }
    }

    private mutating func fillShownBoxes(_ seen: Set<String>) {
        for name in seen where name.hasSuffix(".shown") {
            let box = String(name.dropLast(".shown".count))
            typed[name] = nil
            if typed[box] == nil { typed[box] = "false" }
        }
    }

    /// One finding for all of them: whoever sends hundreds is no person who reads them one by one.
    private mutating func findUnknown(_ names: [String], isCut: Bool) {
        var sentences: [String] = []
        if isCut { sentences.append("The form has more than \(FormBody.mostPairs) controls.") }
        if names.count == 1 {
            sentences.append("The form has a control “\(names[0].shown)” that this page does not know.")
        } else if names.count > 1 {
            let first = names.prefix(3).map { "“\($0.shown)”" }.joined(separator: ", ")
            let more = names.count > 3 ? " and others" : ""
            sentences.append("The form has \(names.count) controls that this page does not know: \(first)\(more).")
        }
        if sentences.isEmpty { return }
        find(.formControlUnknown, nil, sentences.joined(separator: " ") + " Open the page again.")
    }

    private mutating func checkList() {
        guard let list = form.list, let value = typed[list.name], !value.isEmpty, !list.offers(value) else { return }
        find(
            .formControlUnknown, control(named: list.name),
            "The list does not offer “\(value.shown)”. Choose one of its entries.")
    }

    private mutating func checkReason() {
        guard let reason else { return }
        if reason.count > Self.longestReason, !problems.contains(where: { $0.control == "reason" }) {
            find(
                .formControlLong, control(named: "reason"),
                "The reason must be \(Self.longestReason) characters or fewer. This one has \(reason.count).")
        }
        for problem in DisplayText.check(reason, label: "The reason").problems where problem.code != .textLong {
            find(problem.code, control(named: "reason"), problem.message)
        }
    }

    private mutating func findMissingRevision() {
        find(
            .formRevision, nil,
            "The form did not say which version of the record it started from. Open the page again and enter the change anew."
        )
    }

    private mutating func find(_ code: FindingCode, _ control: Control?, _ message: String) {
        let finding = Finding(
            code: code, severity: code.severity(on: .edit), field: control.flatMap { FieldKey(rawValue: $0.name) },
            message: message)
        problems.append(FormProblem(finding, control: control?.name))
    }
}

extension String {
    /// A name from outside, short and without anything that cannot be seen.
    fileprivate var shown: String {
        let visible = unicodeScalars.prefix(40).map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format: "\u{FFFD}"
            default: Character(scalar)
            }
        }
        return String(visible)
    }

    /// Browsers send line breaks as CR LF; inside, a line ends with LF.
    fileprivate var withPlainLines: String {
        utf8.contains(UInt8(ascii: "\r")) ? replacing("\r\n", with: "\n") : self
    }
}
