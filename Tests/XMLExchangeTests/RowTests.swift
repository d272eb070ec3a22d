import Domain
import Testing
import XMLExchange

@Suite("Rows of a database query")
struct RowTests {
    private static func row(
        _ server: String = "cm01.contoso.com", role: String = "SMS Site System", name: String, number: Int = 0,
        text: String = "<S N=\"Value2\"></S>"
    ) -> String {
        """
        <Obj RefId="0"><TN RefId="0"><T>System.Data.DataRow</T></TN><Props><S N="ServerName">\(server)</S>
        <S N="SiteCode">PS1</S><S N="RoleName">\(role)</S><S N="Name">\(name)</S>\(text)<I32 N="Value3">\(number)</I32></Props></Obj>

        """
    }

    private static let use = row(name: "UseProxy", number: 1)
    private static let name = row(name: "ProxyName", text: "<S N=\"Value2\">p.contoso.com</S>")
    private static let port = row(name: "ProxyServerPort", number: 8080)
    private static let point = row(role: "SMS Software Update Point", name: "UseProxy", number: 1)

    @Test("Rows of one item are put together, and a database's null is no text")
    func together() throws {
        let null =
            "<Obj N=\"Value2\" RefId=\"7\"><TN RefId=\"5\"><T>System.DBNull</T><T>System.Object</T></TN><ToString></ToString></Obj>"
        let again = null.replacing(
            "<TN RefId=\"5\"><T>System.DBNull</T><T>System.Object</T></TN>", with: "<TNRef RefId=\"5\"/>")
        let account = Self.row(name: "ProxyUserName", text: null)
        let other = Self.row(name: "UserName", text: again)
        let reading = Reading(Sample.objs(Self.use + Self.name + Self.port + account + other + Self.point))
        #expect(reading.findings.isEmpty)
        #expect(reading.summary.records == 2)
        let server = try #require(reading.servers.first)
        #expect(server.place.line == 1)
        #expect(server.proxy?.entries.map(\.sent.text) == ["true", "p.contoso.com", "8080", ""])
        #expect(server.general?[.generalInstallationAccount]?.text == "")
        #expect(reading.roles.first?.details[.supUseProxyForSynchronization]?.text == "true")
    }

    @Test("A DataTable that was kept whole holds the same rows")
    func table() {
        let rows = Self.use + Self.name
        let table = "<Obj RefId=\"9\"><TN RefId=\"9\"><T>System.Data.DataTable</T></TN><IE>\(rows)</IE></Obj>"
        let texts = Reading(Sample.objs(table)).records.map { Reading.describe($0, places: false) }
        #expect(texts == Reading(Sample.objs(rows)).records.map { Reading.describe($0, places: false) })
        #expect(texts.count == 1)
    }

    @Test("Rows of one item that others stand between are refused, and the sentence says to order them")
    func order() throws {
        let refusal = try #require(Reading(Sample.objs(Self.use + Self.point + Self.name)).findings.last)
        #expect(refusal.code == .importRows && refusal.severity == .error)
        #expect(refusal.message.contains("ORDER BY ServerName, SiteCode, RoleName"))
        #expect(refusal.place.line == 5)
    }

    @Test("Rows that do not name their item are refused with the columns to ask for")
    func unnamed() throws {
        let row = Self.use.replacing("ServerName", with: "Server_ID")
        let refusal = try #require(Reading(Sample.objs(row)).refusal)
        #expect(refusal.code == .importRows && refusal.message.contains("ServerName, SiteCode, RoleName, Name"))
    }

    @Test("Rows of the view, one for each role, tell the roles alone")
    func roles() {
        let row =
            "<Obj RefId=\"0\"><TN RefId=\"0\"><T>System.Data.DataRow</T></TN><Props><S N=\"ServerName\">cm01.contoso.com</S>"
            + "<S N=\"SiteCode\">PS1</S><S N=\"RoleName\">SMS Management Point</S></Props></Obj>"
        // As a left join gives it for a role without properties.
        let null = "<Obj N=\"Name\" RefId=\"1\"><TN RefId=\"1\"><T>System.DBNull</T></TN></Obj></Props>"
        for row in [row, row.replacing("</Props>", with: null)] {
            let reading = Reading(Sample.objs(row))
            #expect(reading.findings.isEmpty)
            #expect(reading.roles.map(\.role.text) == ["SMS Management Point"])
        }
    }

    @Test("An object that is no database null is an error where a value belongs, and other tables are named")
    func otherObjects() {
        let object = "<Obj N=\"Value2\" RefId=\"7\"><TN RefId=\"5\"><T>System.Thing</T></TN></Obj>"
        #expect(Reading(Sample.objs(Self.row(name: "ProxyName", text: object))).codes == [.xmlElement])
        let other =
            "<Obj RefId=\"0\"><TN RefId=\"0\"><T>System.Data.DataRow</T></TN><Props><B N=\"MP\">true</B></Props></Obj>"
        let refusal = Reading(Sample.objs(other)).refusal
        #expect(refusal?.code == .importOtherFile && refusal?.message.contains("rows of a database query") == true)
    }
}
