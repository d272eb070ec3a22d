import Domain
import Testing
import XMLExchange

@Suite("Limits of a file")
struct LimitTests {
    private func code(_ text: String) -> FindingCode? { Reading(text).refusal?.code }

    @Test("64 elements may stand inside one another, 65 may not")
    func depth() {
        func nested(_ depth: Int) -> String {
            Sample.objs(
                Sample.item() + String(repeating: "<a>", count: depth - 1) + String(repeating: "</a>", count: depth - 1)
            )
        }
        #expect(Reading(nested(64)).refusal == nil)
        #expect(code(nested(65)) == .xmlLimitDepth)
    }

    @Test("64 attributes may stand in an element, 65 may not")
    func attributes() {
        func element(_ count: Int, _ name: String) -> String {
            Sample.objs(
                Sample.item() + "<a " + (0..<count).map { "\(name)\($0)=\"urn:\($0)\"" }.joined(separator: " ") + "/>")
        }
        #expect(Reading(element(64, "b")).refusal == nil)
        #expect(code(element(65, "b")) == .xmlLimitAttributes)
        #expect(code(element(65, "xmlns:b")) == .xmlLimitAttributes)
    }

    @Test("64 KiB may stand between < and >, more may not, even with > in a value")
    func tags() {
        func tag(_ count: Int) -> String {
            Sample.objs(Sample.item() + "<a b=\"" + String(repeating: ">", count: count) + "\"/>")
        }
        #expect(Reading(tag(65_000)).refusal == nil)
        #expect(code(tag(66_000)) == .xmlLimitTag)
        #expect(code(Sample.open + "<" + String(repeating: "a", count: 200_000)) == .xmlLimitTag)
    }

    @Test("100,000 attributes on one element are refused in well under a second")
    func manyAttributes() {
        let text = Sample.objs("<a " + (0..<100_000).map { "a\($0)=\"x\"" }.joined(separator: " ") + "/>")
        let bytes = Array(text.utf8)
        let time = ContinuousClock().measure { #expect(Reading(bytes).refusal?.code == .xmlLimitTag) }
        #expect(time < .seconds(1))
    }

    @Test("A value of 64 KiB may be read, a longer one refuses the file; a longer one we do not read is no matter")
    func values() {
        func name(_ count: Int, _ property: String = "ProxyName") -> String {
            Sample.objs(
                Sample.item(properties: [(property, Sample.value2(String(repeating: "a", count: count)))]))
        }
        #expect(Reading(name(64 * 1024)).refusal == nil)
        #expect(code(name(64 * 1024 + 1)) == .xmlLimitValue)
        #expect(Reading(name(70_000, "Something")).refusal == nil)
        let site = Sample.item(site: String(repeating: "a", count: 70_000))
        #expect(code(Sample.objs(site)) == .xmlLimitValue)
    }

    @Test("A text of 10 MB may be passed over, a longer one refuses the file; so do long comments and character data")
    func texts() {
        let long = String(repeating: "a", count: 10_000_100)
        let short = String(repeating: "b", count: 9_000_000)
        #expect(Reading(Sample.objs(Sample.item() + "<S>\(short)</S>")).refusal == nil)
        #expect(code(Sample.objs("<S>\(long)</S>")) == .xmlLimitText)
        #expect(code(Sample.objs("<!--\(long.prefix(1_100_000))-->")) == .xmlLimitText)
        #expect(code(Sample.objs("<S><![CDATA[\(long)]]></S>")) == .xmlLimitText)
    }

    @Test("An item may have 1,000 properties, and a server 1,000 roles")
    func properties() {
        func item(_ count: Int) -> String {
            Sample.objs(Sample.item(properties: (0..<count).map { ("P\($0)", "") }))
        }
        #expect(Reading(item(1_000)).refusal == nil)
        #expect(code(item(1_001)) == .xmlLimitProperties)
        let roles = String(repeating: "<role name=\"x\"/>", count: 1_001)
        #expect(
            code(Sample.configuration("<siteSystemServer name=\"a\" site=\"PS1\">\(roles)</siteSystemServer>"))
                == .xmlLimitProperties)
    }

    @Test("A file may hold 2,000,000 objects")
    func items() {
        var hasOne = false
        var refusals: [FindingCode] = []
        let reader = ConfigurationReader(file: nil) { event in
            if case .finding(let finding) = event { refusals.append(finding.code) } else { hasOne = true }
        }
        let object = Array(String(repeating: "<S/>", count: 100_000).utf8)
        Array((Sample.open + Sample.item()).utf8).withUnsafeBytes { try! reader.feed($0) }
        for _ in 0..<20 { object.withUnsafeBytes { try! reader.feed($0) } }
        Array("<S/><S/></Objs>".utf8).withUnsafeBytes { try! reader.feed($0) }
        _ = try! reader.finish()
        #expect(hasOne && reader.isRefused)
        #expect(refusals == [.xmlLimitItems])
    }
}
