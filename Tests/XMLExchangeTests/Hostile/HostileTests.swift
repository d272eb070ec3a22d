import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import XMLExchange

@Suite("Files that mean harm", .timeLimit(.minutes(2)))
struct HostileTests {
    private static let small = HostileDocument.growing + HostileDocument.encodings + HostileDocument.confusing

    @Test("Each is refused at once, by the code that names it", arguments: small)
    func refused(_ document: HostileDocument) {
        Self.expect(document)
    }

    private static func expect(_ document: HostileDocument) {
        var reading = Reading("")
        let time = ContinuousClock().measure { reading = Reading(document.bytes) }
        let log = Comment(rawValue: "\(document.attack): \(reading.log.suffix(3))")
        if let code = document.code {
            #expect(reading.refusal?.code == code, log)
        } else {
            #expect(!reading.isRefused && !reading.records.isEmpty, log)
        }
        #expect(time < .seconds(2), log)
    }

    @Test("Nothing is fetched from the network")
    func network() throws {
        let listener = try Listener()
        for document in HostileDocument.reaching("http://127.0.0.1:\(listener.port)/x") { Self.expect(document) }
        #expect(!listener.wasCalled)
    }

    /// A parser that opened the pipe would wait for ever for somebody to write to it.
    @Test("No other file is opened")
    func files() throws {
        let pipe = temporaryFolder()
        try #require(mkfifo(pipe, 0o600) == 0)
        defer { unlink(pipe) }
        for address in [pipe, "file://\(pipe)"] {
            for document in HostileDocument.reaching(address) { Self.expect(document) }
        }
    }

    @Test("What a text file holds does not come out of an external entity")
    func content() throws {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "c4n4ry-5ecret".write(toFile: path, atomically: true, encoding: .utf8)
        for document in HostileDocument.reaching("file://\(path)") {
            #expect(!Reading(document.bytes).log.joined().contains("c4n4ry-5ecret"))
        }
    }

    @Test("A value cut up by character data sections and comments is the same value")
    func characterData() {
        let name = "pro<![CDATA[xy]]>01<!-- x -->.con&#x74;oso<![CDATA[]]>.com"
        let use = ("UseProxy", Sample.value("1"))
        let item = Sample.item(properties: [use, ("Pro<![CDATA[xyName]]>", Sample.value2(name))])
        let reading = Reading(Sample.objs(item))
        #expect(reading.servers.first?.proxy?[.proxyServer]?.text == "proxy01.contoso.com", "\(reading.log)")
    }

    @Test("A character data section makes no element of text")
    func characterDataElement() {
        let text =
            "<![CDATA[</S></Props></Obj>]]>" + Sample.item(server: "evil.contoso.com").replacing("<", with: "&lt;")
        let reading = Reading(Sample.objs("<Obj RefId=\"9\"><ToString>\(text)</ToString></Obj>" + Sample.item()))
        #expect(reading.servers.map(\.name.text) == ["cm01.corp.contoso.com"])
    }

    @Test("Elements of another namespace are none of PowerShell's, whatever their names")
    func namespaces() {
        let open = Sample.open.dropLast() + " xmlns:x=\"urn:x\">"
        func prefixed(_ text: String) -> String { text.replacing("</", with: "</x:").replacing(/<(?=\w)/, with: "<x:") }
        let foreign = prefixed(Sample.item(server: "evil.contoso.com"))
        #expect(
            Reading(open + foreign + Sample.item() + "</Objs>").servers.map(\.name.text) == ["cm01.corp.contoso.com"])
        let property = prefixed(Sample.value2("evil.contoso.com"))
        let item = Sample.item(properties: [
            ("UseProxy", Sample.value("1")), ("ProxyName", property + Sample.value2("proxy01.contoso.com")),
        ])
        let reading = Reading(open + item + "</Objs>")
        #expect(reading.servers.first?.proxy?[.proxyServer]?.text == "proxy01.contoso.com", "\(reading.log)")
        let text = "<x:a>evil<x:b/></x:a>proxy01.contoso.com<x:a/>"
        let mixed = Sample.item(properties: [("UseProxy", Sample.value("1")), ("ProxyName", Sample.value2(text))])
        #expect(
            Reading(open + mixed + "</Objs>").servers.first?.proxy?[.proxyServer]?.text == "proxy01.contoso.com")
        let inOwn = Sample.configuration("<site xmlns=\"urn:x\" code=\"PS1\"/>")
        #expect(Reading(inOwn).codes == [.xmlElement, .importNothing])
    }

    @Test("The same identifier twice does not mix two objects up")
    func identifiers() {
        let types = "<TN RefId=\"0\"><T>IResultObject#SMS_SCI_SysResUse</T></TN>"
        let other = "<TN RefId=\"0\"><T>System.String</T></TN>"
        let text = Sample.objs(
            "<Obj RefId=\"0\" xml:id=\"a\">\(types)</Obj><Obj RefId=\"0\" xml:id=\"a\">\(other)</Obj>"
                + Sample.item() + "<Obj RefId=\"0\"><TNRef RefId=\"99999999999999999999\"/></Obj>")
        #expect(Reading(text).servers.count == 1)
    }

    @Test(
        "Values that only look right are errors",
        arguments: [
            ("ProxyName", Sample.value2("proxy\u{202E}moc.evil"), FindingCode.nameBidirectional),
            ("ProxyName", Sample.value2("pr\u{200B}oxy.contoso.com"), .nameWhitespace),
            ("ProxyName", Sample.value2("pr\u{43E}xy.contoso.com"), .nameNonASCII),
            ("ProxyName", Sample.value2("pro_x000D__x000A_xy"), .nameControl),
            ("ProxyName", Sample.value2("&lt;script&gt;"), .nameCharacters),
            ("ProxyServerPort", "<S N=\"Value\">0x50</S>", .proxyPortHexadecimal),
            ("ProxyServerPort", "<S N=\"Value\">+80</S>", .proxyPortSign),
            ("ProxyServerPort", "<S N=\"Value\">８０</S>", .proxyPortDigits),
            ("ProxyServerPort", "<S N=\"Value\">80.0</S>", .proxyPortFraction),
            ("ProxyServerPort", "<S N=\"Value\">4294967376</S>", .proxyPortRange),
            ("ProxyServerPort", "<S N=\"Value\">99999999999999999999</S>", .proxyPortRange),
            ("ProxyUserName", Sample.value2("CONTOSO\\svc\u{202E}yxorp"), .accountBidirectional),
        ])
    func values(_ property: String, _ slot: String, _ code: FindingCode) throws {
        let use = [("UseProxy", Sample.value("1")), ("AnonymousProxyAccess", Sample.value("0"))]
        let sound = [
            ("ProxyName", Sample.value2("proxy01.contoso.com")), ("ProxyServerPort", Sample.value("80")),
            ("ProxyUserName", Sample.value2("CONTOSO\\svc-proxy")),
        ]
        let properties = use + sound.filter { $0.0 != property } + [(property, slot)]
        let reading = Reading(Sample.objs(Sample.item(properties: properties)))
        let draft = try #require(reading.servers.first?.proxy, "\(reading.log)")
        var judge = Judge(.fileImport)
        _ = Proxy.check(draft, base: nil, &judge)
        let errors = (reading.findings + judge.findings).filter { $0.severity == .error }
        #expect(errors.map(\.code) == [code])
    }
}

/// A port of this computer that notes whether somebody calls.
private final class Listener {
    let port: UInt16
    private let socket: Int32

    struct Failure: Error {}

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 && listen(socket, 8) == 0
                    && getsockname(socket, pointer, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isOpen else { throw Failure() }
    }

    var wasCalled: Bool { accept(socket, nil, nil) >= 0 }

    deinit { close(socket) }
}
