import Domain
import Manual
import Templating

/// The Proxy tab of a server: the one proxy configuration of a computer, and everything a person should know before
/// overwriting it.
public struct ServerProxyPage: Page {
    public static let template = "pages/server-proxy"
    let head: ServerHead
    let form: FormState

    /// What saving the form would change; nil unless somebody asked.
    let preview: SavePreview?

    public init(head: ServerHead, form: FormState? = nil, preview: SavePreview? = nil) {
        self.head = head
        self.preview = preview
        self.form = head.located(
            form ?? FormState(revision: head.record.revision), controls: Proxy.fields.map(\.key))
    }

    public var frame: PageFrame {
        var frame = head.frame(.proxy, form: form)
        if preview != nil { frame.title = "What changes: \(frame.title)" }
        return frame
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: .proxy, words)
        model[.offersPreview] = true
        model[.preview] = preview.map { .model($0.model(words)) } ?? .nothing
        let proxy = head.record.proxy
        model[.isUntold] = .flag(!proxy.isTold)
        model[.useField] = .model(control(.proxyUse, words))
        model[.fields] = .list(Self.underTheBox.map { control($0, words) })
        model[.current] = .text(proxy.intended.words)
        model[.isObserved] = .flag(proxy.observed != nil)
        model[.isPending] = .flag(isPending)
        model[.comparison] = .model(
            Proxy.comparison(proxy, caption: "Proxy: here and at the site", fields: Proxy.fields.map(\.key))
                .model(mark: "pending"))
        fillRoles(&model, words)
        model[.saveLabel] = .text("Save proxy settings for \(head.name)")
    }

    private static let underTheBox: [FieldKey] = [.proxyServer, .proxyPort, .proxyUseCredentials, .proxyAccount]

    private var isPending: Bool {
        let proxy = head.record.proxy
        return proxy.observed != nil && !Proxy.difference(proxy.intended, proxy.observed).isEmpty
    }

    private func control(_ key: FieldKey, _ words: PageWords) -> TemplateModel {
        var stored = head.record.proxy.intended?.value(key) ?? .nothing
        // The console starts with 80 too, so that a person who turns the proxy on sees what would be saved.
        if key == .proxyPort, stored == .nothing { stored = .number(Port.proxyDefault.number) }
        return words.controls.control(key, stored: stored, in: form, words)
    }

    private func fillRoles(_ model: inout TemplateModel, _ words: PageWords) {
        model[.rolesLink] = .text(Route.server(head.name, .roles).path)
        model[.roles] = .list(
            head.record.roles.map { role in
                var line: TemplateModel = [
                    .title: .text(words.manual.displayName(of: role.name)), .name: .text(role.name.text),
                    .isSoftwareUpdatePoint: .flag(role.name == .softwareUpdatePoint), .options: [],
                ]
                if role.name == .softwareUpdatePoint {
                    line[.options] = Self.options(role.intended?.softwareUpdatePoint)
                }
                return line
            })
        model[.hasRoles] = .flag(!head.record.roles.isEmpty)
    }

    /// The two options without which a software update point does not use the proxy.
    private static func options(_ point: SoftwareUpdatePoint?) -> TemplateValue {
        .list(
            [FieldKey.supUseProxyForSynchronization, .supUseProxyForADR].map {
                [.label: .text($0.label), .value: .text(SoftwareUpdatePoint.words(point, of: $0))]
            })
    }
}
