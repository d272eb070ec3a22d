/// Whole items as the cmdlets, WMI and CIM give them, and as Select-Object leaves them.
struct CLIXMLItemBuilder: ExportBuilder {
    private var text = CLIXMLLines()
    private let shape: ExportShape
    private var hasMetadata = false
    /// The site whose SMS Provider was asked; it answers for the whole hierarchy.
    private static let provider = "PS1"

    init(shape: ExportShape) { self.shape = shape }

    var lines: ExportLines {
        get { text.lines }
        _modify { yield &text.lines }
    }

    mutating func begin() { text.begin() }
    mutating func end() { text.end() }

    mutating func item(_ role: String, of server: GeneratedServer, properties: [GeneratedServer.Property]) {
        text.beginObject(1)
        text.types(2, itemTypes)
        if shape == .selected {
            text.line(2, "<MS>")
            text.value(3, "NetworkOSPath", #"\\"# + server.name)
            text.value(3, "RoleName", role)
            text.value(3, "SiteCode", server.site)
            self.properties(properties)
            text.line(2, "</MS>")
        } else {
            head(role, server)
            text.line(2, "<Props>")
            members(role, server, properties)
            text.line(2, "</Props>")
            notes()
        }
        text.line(1, "</Obj>")
    }

    private mutating func head(_ role: String, _ server: GeneratedServer) {
        switch shape {
        case .wmi: text.line(2, "<ToString>\(wmiPath(role, server))</ToString>")
        case .cim: text.line(2, "<ToString>SMS_SCI_SysResUse (FileType = 2)</ToString>")
        default: break
        }
    }

    private func wmiPath(_ role: String, _ server: GeneratedServer) -> String {
        #"\\CM01\root\SMS\site_\#(Self.provider):"# + server.objectPath(role)
    }

    private mutating func members(
        _ role: String, _ server: GeneratedServer, _ properties: [GeneratedServer.Property]
    ) {
        if shape == .wmi { wmiMembers(role, server) }
        if shape == .cmdlets { text.value(3, "SmsProviderObjectPath", server.objectPath(role)) }
        text.value(3, "FileType", "2", type: "U32")
        text.value(3, "ItemName", server.itemName(role))
        text.value(3, "ItemType", "System Resource Usage")
        text.value(3, "NALPath", server.path)
        text.value(3, "NALType", "Windows NT Server")
        text.value(3, "NetworkOSPath", #"\\"# + server.name)
        text.null(3, "PropLists")
        self.properties(properties)
        text.value(3, "RoleCount", "1", type: "U32")
        text.value(3, "RoleName", role)
        text.null(3, "ServiceWindows")
        text.value(3, "SiteCode", server.site)
        text.value(3, "SslState", "2", type: "U32")
        text.value(3, "Type", "8", type: "U32")
        if shape == .cim { text.null(3, "PSComputerName") }
    }

    private mutating func wmiMembers(_ role: String, _ server: GeneratedServer) {
        text.value(3, "__GENUS", "2", type: "I32")
        text.value(3, "__CLASS", "SMS_SCI_SysResUse")
        text.value(3, "__SUPERCLASS", "SMS_SiteControlItem")
        text.value(3, "__DYNASTY", "SMS_BaseClass")
        text.value(3, "__RELPATH", server.objectPath(role))
        text.value(3, "__PROPERTY_COUNT", "14", type: "I32")
        text.beginObject(3, name: "__DERIVATION")
        text.types(4, ["System.String[]", "System.Array", "System.Object"])
        text.line(4, "<LST>")
        text.line(5, "<S>SMS_SiteControlItem</S>")
        text.line(5, "<S>SMS_BaseClass</S>")
        text.line(4, "</LST>")
        text.line(3, "</Obj>")
        text.value(3, "__SERVER", "CM01")
        text.value(3, "__NAMESPACE", #"root\SMS\site_"# + Self.provider)
        text.value(3, "__PATH", wmiPath(role, server))
    }

    private mutating func properties(_ properties: [GeneratedServer.Property]) {
        text.beginObject(3, name: "Props")
        text.types(4, [listType, "System.Array", "System.Object"])
        text.line(4, "<LST>")
        for property in properties { self.property(property) }
        text.line(4, "</LST>")
        text.line(3, "</Obj>")
    }

    private mutating func property(_ property: GeneratedServer.Property) {
        text.beginObject(5)
        text.types(6, propertyTypes)
        switch shape {
        case .wmi: text.line(6, "<ToString>System.Management.ManagementBaseObject</ToString>")
        case .cim: text.line(6, "<ToString>SMS_EmbeddedProperty</ToString>")
        default: break
        }
        text.line(6, "<Props>")
        slots(property)
        text.line(6, "</Props>")
        text.line(5, "</Obj>")
    }

    private mutating func slots(_ property: GeneratedServer.Property) {
        switch shape {
        case .wmi:
            text.value(7, "__GENUS", "2", type: "I32")
            text.value(7, "__CLASS", "SMS_EmbeddedProperty")
            for name in ["__SERVER", "__NAMESPACE", "__PATH"] { text.null(7, name) }
            text.value(7, "ItemType", "")
        case .cim: text.null(7, "ItemType")
        default:
            text.value(7, "SmsProviderObjectPath", "SMS_EmbeddedProperty")
            text.value(7, "ItemType", "")
        }
        text.value(7, "PropertyName", property.name)
        text.value(7, "Value", String(property.value), type: "U32")
        text.value(7, "Value1", property.value1)
        text.value(7, "Value2", property.value2)
        if shape == .cim { text.null(7, "PSComputerName") }
    }

    private mutating func notes() {
        switch shape {
        case .cmdlets:
            text.line(2, "<MS>")
            text.value(3, "PSComputerName", "CM01.corp.contoso.com")
            text.value(3, "PSShowComputerName", "false", type: "B")
            text.line(2, "</MS>")
        case .wmi:
            text.line(2, "<MS>")
            text.value(3, "PSComputerName", "CM01")
            text.line(2, "</MS>")
        case .cim where !hasMetadata: metadata()
        default: break
        }
    }

    /// The class itself, which the first of its instances carries along.
    private mutating func metadata() {
        hasMetadata = true
        text.line(2, "<MS>")
        text.beginObject(3, name: "__ClassMetadata")
        text.types(4, ["System.Collections.ArrayList", "System.Object"])
        text.line(4, "<LST>")
        text.beginObject(5)
        text.line(6, "<MS>")
        text.value(7, "ClassName", "SMS_SCI_SysResUse")
        text.value(7, "Namespace", "root/sms/site_\(Self.provider)")
        text.value(7, "ServerName", "CM01")
        text.value(7, "Hash", "460929192", type: "I32")
        text.value(7, "MiXml", "&lt;CLASS NAME=\"SMS_SCI_SysResUse\"&gt;&lt;/CLASS&gt;")
        text.line(6, "</MS>")
        text.line(5, "</Obj>")
        text.line(4, "</LST>")
        text.line(3, "</Obj>")
        text.line(2, "</MS>")
    }
}

// Type names.
extension CLIXMLItemBuilder {
    private static let resultTypes = [
        "Microsoft.ConfigurationManagement.ManagementProvider.WqlQueryEngine.WqlResultObject",
        "Microsoft.ConfigurationManagement.ManagementProvider.WqlQueryEngine.WqlResultObjectBase", "System.Object",
    ]

    private var itemTypes: [String] {
        switch shape {
        case .wmi:
            let classes = ["SMS_SCI_SysResUse", "SMS_SiteControlItem", "SMS_BaseClass"]
            let type = "System.Management.ManagementObject"
            return classes.map { type + #"#root\SMS\site_\#(Self.provider)\"# + $0 } + classes.map { type + "#" + $0 }
                + [type] + Self.wmiBaseTypes
        case .cim:
            let classes = ["SMS_SCI_SysResUse", "SMS_SiteControlItem"]
            return classes.map { "\(Self.cimType)#root/sms/site_\(Self.provider)/\($0)" }
                + classes.map { Self.cimType + "#" + $0 } + [Self.cimType, "System.Object"]
        case .selected:
            return [
                "Selected.IResultObject#SMS_SCI_SysResUse", "System.Management.Automation.PSCustomObject",
                "System.Object",
            ]
        default: return ["IResultObject#SMS_SCI_SysResUse"] + Self.resultTypes
        }
    }

    private static let cimType = "Microsoft.Management.Infrastructure.CimInstance"
    private static let wmiBaseTypes = [
        "System.Management.ManagementBaseObject", "System.ComponentModel.Component", "System.MarshalByRefObject",
        "System.Object",
    ]

    private var listType: String {
        switch shape {
        case .wmi: "System.Management.ManagementBaseObject[]"
        case .cim: Self.cimType + "[]"
        default: "System.Object[]"
        }
    }

    private var propertyTypes: [String] {
        switch shape {
        case .wmi:
            let type = "System.Management.ManagementBaseObject"
            return [type + #"#\SMS_EmbeddedProperty"#, type + "#SMS_EmbeddedProperty"] + Self.wmiBaseTypes
        case .cim:
            return [
                "\(Self.cimType)#root/sms/site_\(Self.provider)/SMS_EmbeddedProperty",
                Self.cimType + "#SMS_EmbeddedProperty",
                Self.cimType, "System.Object",
            ]
        default: return ["IResultObject#SMS_EmbeddedProperty"] + Self.resultTypes
        }
    }
}
