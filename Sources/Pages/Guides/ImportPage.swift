import Domain
import Manual
import Templating

/// How a site's configuration comes in: the upload, and the scripts that make a file to upload. It is also the start page
/// while the portal has no data.
public struct ImportPage: Page {
    public static let template = "pages/import"
    let isFirstStart: Bool
    /// Whether the portal is empty, so that the sample can come in.
    let offersSample: Bool
    let imports: [ImportHead]
    let uploadLimit: Int
    let form: FormState
    let notice: Notice?
    /// The import command up to its options, as a shell takes it.
    let command: String

    /// - Parameters:
    ///   - imports: those that are open: being read, or waiting for a decision.
    ///   - uploadLimit: the bytes an upload may have.
    ///   - form: an upload that was refused.
    ///   - commandPath: where the program is.
    ///   - dataPath: the folder the portal keeps its data in; a command started elsewhere would not find it.
    public init(
        isFirstStart: Bool, offersSample: Bool, imports: [ImportHead], uploadLimit: Int, form: FormState? = nil,
        notice: Notice? = nil,
        commandPath: String, dataPath: String
    ) {
        self.isFirstStart = isFirstStart
        self.offersSample = offersSample
        self.imports = imports
        self.uploadLimit = uploadLimit
        var form = form ?? FormState(revision: nil)
        form.controls = [Self.fileControl]
        self.form = form
        self.notice = notice
        let isPlain = commandPath.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-".utf8.contains(byte)
        }
        command = (isPlain ? commandPath : commandPath.quoted) + " import --data " + dataPath.quoted
    }

    /// The control that takes the files.
    public static let fileControl = "file"

    public var frame: PageFrame {
        isFirstStart
            ? PageFrame(title: "Bring your site in", section: .overview, form: form, notice: notice)
            : PageFrame(title: "Import", section: .importing, form: form, notice: notice)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.isFirstStart] = .flag(isFirstStart)
        model[.scripts] = .list(
            words.manual.exportScripts.map { script in
                [
                    .id: .text("script-" + script.id), .title: .text(script.title), .fileName: .text(script.fileName),
                    .text: .text(script.text), .link: .text(Route.importScript(script.fileName).path),
                    .guideLink: .text(Route.importScript(script.id).path),
                ]
            })
        model[.offersSample] = .flag(offersSample)
        model[.sampleLink] = .text(Route.loadSample.path)
        model[.samples] = .list(
            words.manual.samples.broken.map {
                [.name: .text($0.name), .text: .text($0.reason), .link: .text(Route.sampleFile($0.name).path)]
            })
        model[.newSiteLink] = .text(Route.newSite.path)
        model[.command] = .text(command)
        model[.uploadLink] = .text(Route.importing.path)
        model[.limit] = .text(Int64(uploadLimit).binarySizeWords)
        model[.uploadErrors] = words.errorList(form.errors(of: Self.fileControl))
        model[.hasErrors] = .flag(!form.errors(of: Self.fileControl).isEmpty)
        model[.imports] = .list(
            imports.map { head in
                let time = UTCTime(milliseconds: head.began)
                return [
                    .name: .text(head.name), .link: .text(head.link), .time: .text(time.text),
                    .timeAttribute: .text(time.attribute),
                ]
            })
        model[.hasImports] = .flag(!imports.isEmpty)
    }
}

extension String {
    /// In double quotes, with everything escaped that a shell would read there.
    fileprivate var quoted: String {
        "\"" + map { "\\\"$`".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
    }
}

extension Int64 {
    /// A limit as it was set: `256 MiB`, `4 GiB`.
    fileprivate var binarySizeWords: String {
        self % (1 << 30) == 0 ? "\(self >> 30) GiB" : self % (1 << 20) == 0 ? "\(self >> 20) MiB" : sizeWords
    }
}
