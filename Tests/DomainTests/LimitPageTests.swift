import Domain
import TestSupport
import Testing

/// The page of limits is typed by hand: here it is held against the values themselves.
@Suite("The manual knows every limit of a value, and no other")
struct LimitPageTests {
    private let letters = { (count: Int) in String(repeating: "a", count: count) }

    @Test func limitsOfValues() throws {
        #expect(
            try ReferencePage("limits").values(in: "Values") == [
                "server name, proxy server name": "\(HostName.longest) characters; 63 between two dots",
                "port": "1 to 65535", "user name of an account": "\(AccountName.longestUser) characters",
                "NetBIOS name of a domain": "15 characters", "site code": "3 characters, A to Z and 0 to 9",
                "role name": "\(RoleName.longest) characters",
                "site name, version, forest, domain": "\(DisplayText.longest) characters",
            ])
    }

    @Test func whatThePageSaysWithoutANameIsSo() {
        #expect(HostName.check(letters(63) + ".contoso.com", label: "").value != nil)
        #expect(HostName.check(letters(64) + ".contoso.com", label: "").value == nil)
        #expect(Port(1) != nil && Port(65_535) != nil && Port(0) == nil && Port(65_536) == nil)
        #expect(AccountName.check(letters(15) + "\\svc", label: "").value != nil)
        #expect(AccountName.check(letters(16) + "\\svc", label: "").value == nil)
        #expect(SiteCode.check("Z09").value != nil && SiteCode.check("ABCD").value == nil)
    }
}
