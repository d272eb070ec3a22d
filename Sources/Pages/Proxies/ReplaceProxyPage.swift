import Domain
import Manual
import Templating

/// Which proxy to replace.
public struct ChooseProxyPage: Page {
    public static let template = "pages/proxy-choose"
    let uses: [ProxyAddressUse]

    /// How many proxies the list offers; the others have pages that lead here too.
    public static let proxiesOffered = 500

    public init(uses: [ProxyAddressUse]) { self.uses = uses }

    public var frame: PageFrame {
        PageFrame(title: "Replace a proxy", section: .proxies, crumbs: ProxyPage.crumbs)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.action] = .text(Route.replaceProxy.path)
        model[.cancel] = .text(Route.proxies.path)
        model[.proxyOptions] = .list(
            uses.map {
                [
                    .value: .text($0.proxy.text),
                    .label: .text("\($0.proxy) – \(counted($0.servers, "server") ?? "")"), .isSelected: false,
                ]
            })
        model[.hasChoices] = .flag(!uses.isEmpty)
    }
}

/// The controls of a replacement beside the fields of the Proxy tab.
public enum ReplaceProxyControl {
    public static let proxy = "proxy"
    public static let account = "account"
    /// Before a site's code: a box that narrows to the sites that are ticked.
    public static let sitePrefix = "site."
    /// The codes of several sites in one text, as a preview carries them.
    public static let sites = "sites"
    public static let contains = "contains"
    /// Names of servers, by line.
    public static let leaveOut = "leaveOut"
    /// Before a server's name: a box of the preview.
    public static let leaveOutPrefix = "leaveOut."
    public static let keepAccounts = "keepAccounts"
    /// What the preview was made of.
    public static let basis = "basis"
    public static let preview = "preview"
    /// The button that leads back from the preview.
    public static let edit = "edit"

    public static let fields: [FieldKey] = [.proxyServer, .proxyPort, .proxyUseCredentials, .proxyAccount]
}

extension ConnectionIdentity {
    /// What a list of accounts sends for it; blank stands for all.
    public var choice: String { account.map { "as:\($0)" } ?? "system" }

    /// Reads a choice; nil when it is none.
    public init?(choice: String) {
        if choice == "system" {
            self = .system
        } else if choice.hasPrefix("as:"), let name = AccountName.check(String(choice.dropFirst(3)), label: "").value {
            self = .account(name)
        } else {
            return nil
        }
    }
}

/// The first step of replacing a proxy: which of its servers, and the new values.
public struct ReplaceProxyPage: Page {
    public static let template = "pages/proxy-replace"
    let overview: ProxyOverview
    let form: FormState

    /// - Parameter form: what was typed; a control that is absent shows what fits all servers.
    public init(overview: ProxyOverview, form: FormState) {
        self.overview = overview
        var form = form
        form.revision = nil
        form.controls =
            Set(ReplaceProxyControl.fields.map(\.rawValue))
            .union([ReplaceProxyControl.account, ReplaceProxyControl.contains, ReplaceProxyControl.leaveOut])
        self.form = form
    }

    private var proxy: ProxyAddress { overview.use.proxy }

    public var frame: PageFrame {
        PageFrame(
            title: "Replace \(proxy)", section: .proxies,
            crumbs: ProxyPage.crumbs + [PageFrame.Crumb(title: proxy.text, link: Route.proxy(proxy.text).path)],
            form: form)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.name] = .text(proxy.text)
        model[.action] = .text(Route.replaceProxy.path)
        model[.cancel] = .text(Route.proxy(proxy.text).path)
        model[.total] = .text(overview.use.servers == 1 ? "1 server is" : "\(overview.use.servers) servers are")
        fillSelection(&model, words)
        let keeps = form.typed[ReplaceProxyControl.keepAccounts].map { $0 == "true" } ?? true
        model[.offersKeeping] = .flag(overview.use.numberOfIdentities > 1)
        model[.isChecked] = .flag(keeps)
        let configuration = ProxyConfiguration(proxy, as: commonIdentity)
        model[.fields] = .list(
            [FieldKey.proxyServer, .proxyPort].map { control($0, configuration, words) })
        model[.details] = .list(
            [FieldKey.proxyUseCredentials, .proxyAccount].map { control($0, configuration, words) })
    }

    /// What all of the servers sign in as; the System account where they differ.
    private var commonIdentity: ConnectionIdentity {
        let use = overview.use
        return use.numberOfIdentities == 1 ? use.identities.first?.value ?? .system : .system
    }

    private func control(_ key: FieldKey, _ configuration: ProxyConfiguration, _ words: PageWords) -> TemplateModel {
        words.controls.control(key, stored: Proxy.on(configuration).value(key), in: form, words)
    }

    private func fillSelection(_ model: inout TemplateModel, _ words: PageWords) {
        let chosen = form.typed[ReplaceProxyControl.account] ?? ""
        var choices = [(value: "", label: "Any – \(counted(overview.use.servers, "server") ?? "")")]
        for identity in overview.use.identities {
            let label = "\(identity.value.words) – \(counted(identity.servers, "server") ?? "")"
            choices.append((value: identity.value.choice, label: label))
        }
        model[.options] = .list(
            choices.map { [.value: .text($0.value), .label: .text($0.label), .isSelected: .flag($0.value == chosen)] })
        model[.sites] = .list(
            overview.sites.map { site in
                let name = ReplaceProxyControl.sitePrefix + site.value.text
                return [
                    .id: .text(name.controlID), .name: .text(name), .title: .text(site.value.text),
                    .count: .text(counted(site.servers, "server") ?? ""), .isChecked: .flag(form.typed[name] == "true"),
                ]
            })
        model[.hasChoices] = .flag(overview.sites.count > 1)
        model[.query] = .text(form.typed[ReplaceProxyControl.contains] ?? "")
        model[.leftOut] = .text(form.typed[ReplaceProxyControl.leaveOut] ?? "")
        let errors = [ReplaceProxyControl.account, ReplaceProxyControl.contains, ReplaceProxyControl.leaveOut].map {
            words.errorList(Array(form.errors(of: $0).prefix(1)))
        }
        model[.accountErrors] = errors[0]
        model[.queryErrors] = errors[1]
        model[.leftOutErrors] = errors[2]
    }
}
