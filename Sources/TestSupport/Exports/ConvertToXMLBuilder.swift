/// Items, or a flattened report of them, as ConvertTo-Xml writes them.
struct ConvertToXMLBuilder: ExportBuilder {
    var lines = ExportLines(lineEnd: "\n")
    let isFlat: Bool

    private static let resultType =
        "Microsoft.ConfigurationManagement.ManagementProvider.WqlQueryEngine.WqlResultObject"

    mutating func begin() {
        lines.line(0, #"<?xml version="1.0" encoding="utf-8"?>"#)
        lines.line(0, "<Objects>")
    }

    mutating func end() { lines.append("</Objects>") }

    mutating func item(_ role: String, of server: GeneratedServer, properties: [GeneratedServer.Property]) {
        if isFlat { return report(server) }
        lines.line(1, "<Object Type=\"\(Self.resultType)\">")
        member(2, "FileType", "2", type: "UInt32")
        member(2, "ItemName", server.itemName(role))
        member(2, "NALPath", server.path)
        member(2, "NALType", "Windows NT Server")
        member(2, "NetworkOSPath", #"\\"# + server.name)
        lines.line(2, "<Property Name=\"Props\" Type=\"System.Object[]\">")
        for property in properties { self.property(property) }
        lines.line(2, "</Property>")
        member(2, "RoleName", role)
        member(2, "SiteCode", server.site)
        member(2, "Type", "8", type: "UInt32")
        lines.line(1, "</Object>")
    }

    private mutating func report(_ server: GeneratedServer) {
        lines.line(1, "<Object Type=\"System.Management.Automation.PSCustomObject\">")
        for column in server.reportColumns {
            let isFlag = column.element == "B"
            let value = isFlag ? column.value.prefix(1).uppercased() + column.value.dropFirst() : column.value
            member(2, column.name, value, type: String(column.type.dropFirst("System.".count)))
        }
        lines.line(1, "</Object>")
    }

    private mutating func property(_ property: GeneratedServer.Property) {
        lines.line(3, "<Property Type=\"\(Self.resultType)\">")
        member(4, "ItemType", "")
        member(4, "PropertyName", property.name)
        member(4, "Value", String(property.value), type: "UInt32")
        member(4, "Value1", property.value1)
        member(4, "Value2", property.value2)
        lines.line(3, "</Property>")
    }

    private mutating func member(_ depth: Int, _ name: String, _ value: String, type: String = "String") {
        let open = "<Property Name=\"" + name + "\" Type=\"System." + type + "\""
        lines.line(depth, value.isEmpty ? open + " />" : open + ">" + value + "</Property>")
    }
}
