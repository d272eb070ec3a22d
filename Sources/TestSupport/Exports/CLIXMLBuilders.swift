/// Lines of CLIXML, with the numbers PowerShell gives objects and lists of type names.
struct CLIXMLLines {
    var lines = ExportLines(lineEnd: "\r\n")
    private var nextObject = 0
    private var typeLists: [String: Int] = [:]

    mutating func begin() {
        line(0, #"<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">"#)
    }

    mutating func end() { lines.append("</Objs>") }

    mutating func line(_ depth: Int, _ text: String) { lines.line(depth, text) }

    mutating func value(_ depth: Int, _ name: String, _ value: String, type: String = "S") {
        line(depth, "<" + type + " N=\"" + name + "\">" + value + "</" + type + ">")
    }

    mutating func null(_ depth: Int, _ name: String) { line(depth, "<Nil N=\"\(name)\" />") }

    mutating func beginObject(_ depth: Int, name: String? = nil) {
        line(depth, "<Obj " + (name.map { "N=\"\($0)\" " } ?? "") + "RefId=\"\(nextObject)\">")
        nextObject += 1
    }

    /// The first time all names, after that a reference.
    mutating func types(_ depth: Int, _ names: [String]) {
        if let number = typeLists[names[0]] { return line(depth, "<TNRef RefId=\"\(number)\" />") }
        let number = typeLists.count
        typeLists[names[0]] = number
        line(depth, "<TN RefId=\"\(number)\">")
        for name in names { line(depth + 1, "<T>" + name + "</T>") }
        line(depth, "</TN>")
    }
}

/// A report that a script flattened: one object with the proxy's columns for each item.
struct CLIXMLReportBuilder: ExportBuilder {
    private var text = CLIXMLLines()

    var lines: ExportLines {
        get { text.lines }
        _modify { yield &text.lines }
    }

    mutating func begin() { text.begin() }
    mutating func end() { text.end() }

    mutating func item(_ role: String, of server: GeneratedServer, properties: [GeneratedServer.Property]) {
        text.beginObject(1)
        text.types(2, ["System.Management.Automation.PSCustomObject", "System.Object"])
        text.line(2, "<MS>")
        for column in server.reportColumns { text.value(3, column.name, column.value, type: column.element) }
        text.line(2, "</MS>")
        text.line(1, "</Obj>")
    }
}

/// Rows of a query over the site's database: one for each property.
struct CLIXMLRowBuilder: ExportBuilder {
    private var text = CLIXMLLines()

    var lines: ExportLines {
        get { text.lines }
        _modify { yield &text.lines }
    }

    mutating func begin() { text.begin() }
    mutating func end() { text.end() }

    mutating func item(_ role: String, of server: GeneratedServer, properties: [GeneratedServer.Property]) {
        for property in properties {
            text.beginObject(1)
            text.types(2, ["System.Data.DataRow", "System.Object"])
            text.line(2, "<ToString>System.Data.DataRow</ToString>")
            text.line(2, "<Props>")
            text.value(3, "ServerName", server.name)
            text.value(3, "SiteCode", server.site)
            text.value(3, "RoleName", role)
            text.value(3, "Name", property.name)
            text.value(3, "Value1", property.value1)
            text.value(3, "Value2", property.value2)
            text.value(3, "Value3", String(property.value), type: "I32")
            text.line(2, "</Props>")
            text.line(1, "</Obj>")
        }
    }
}

extension GeneratedServer {
    typealias Column = (name: String, value: String, element: String, type: String)

    /// The columns of a flattened report, with the types that CLIXML and .NET have for them.
    var reportColumns: [Column] {
        func text(_ name: String, _ value: String) -> Column { (name, value, "S", "System.String") }
        func flag(_ name: String, _ value: Bool) -> Column { (name, value ? "true" : "false", "B", "System.Boolean") }
        return [
            text("ServerName", name), text("SiteCode", site), flag("UseProxy", hasProxy), text("ProxyName", proxyName),
            ("ProxyServerPort", String(proxyPort), "U32", "System.UInt32"),
            flag("AnonymousProxyAccess", proxyAccount.isEmpty),
            text("ProxyUserName", proxyAccount.isEmpty ? "Not Configured" : proxyAccount),
        ]
    }
}
