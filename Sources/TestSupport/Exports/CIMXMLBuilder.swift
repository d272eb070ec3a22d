/// Items as wmic writes them.
struct CIMXMLBuilder: ExportBuilder {
    var lines = ExportLines(lineEnd: "\n")

    mutating func begin() {
        lines.line(
            0,
            #"<COMMAND SEQUENCENUM="1" ISSUEDFROM="CM01" STARTTIME="11-21-2026T07:00:00" EVERYCOUNT="0"><REQUEST>"#
                + #"<COMMANDLINE>path SMS_SCI_SysResUse get /format:rawxml</COMMANDLINE></REQUEST>"#)
        lines.line(0, #"<RESULTS NODE="CM01"><CIM>"#)
    }

    mutating func end() { lines.append("</CIM></RESULTS></COMMAND>") }

    mutating func item(_ role: String, of server: GeneratedServer, properties: [GeneratedServer.Property]) {
        lines.line(0, "<INSTANCE CLASSNAME=\"SMS_SCI_SysResUse\">")
        member("FileType", "2", type: "uint32")
        member("ItemName", server.itemName(role))
        member("NALPath", server.path)
        member("NALType", "Windows NT Server")
        member("NetworkOSPath", #"\\"# + server.name)
        lines.line(0, "<PROPERTY.OBJECTARRAY NAME=\"Props\"><VALUE.OBJECTARRAY>")
        for property in properties { self.property(property) }
        lines.line(0, "</VALUE.OBJECTARRAY></PROPERTY.OBJECTARRAY>")
        member("RoleName", role)
        member("SiteCode", server.site)
        member("Type", "8", type: "uint32")
        lines.line(0, "</INSTANCE>")
    }

    private mutating func property(_ property: GeneratedServer.Property) {
        lines.line(0, "<VALUE.OBJECT><INSTANCE CLASSNAME=\"SMS_EmbeddedProperty\">")
        member("PropertyName", property.name)
        member("Value", String(property.value), type: "uint32")
        member("Value1", property.value1)
        member("Value2", property.value2)
        lines.line(0, "</INSTANCE></VALUE.OBJECT>")
    }

    private mutating func member(_ name: String, _ value: String, type: String = "string") {
        lines.line(0, "<PROPERTY NAME=\"" + name + "\" TYPE=\"" + type + "\"><VALUE>" + value + "</VALUE></PROPERTY>")
    }
}
