import Foundation

/// A format with a secret in each place where a file of it can hold one.
public struct SecretPlaces: CustomStringConvertible, Sendable {
    /// Stands for a password: nobody may ever see it again.
    public static let canary = "c4n4ry-5ecret"

    /// A file of `Tests/XMLExchangeTests/Fixtures`.
    public let fixture: String
    /// Whether its secrets leave it a file that is read.
    public var isRead = true
    /// What is put behind the first text that an expression matches.
    let insertions: [Insertion]

    struct Insertion: Sendable {
        let anchor: String
        let text: String
    }

    public var description: String { fixture }

    /// One line a format.
    public static let all = [
        SecretPlaces(fixture: "iresult-3.xml", insertions: objects + embedded),
        SecretPlaces(fixture: "selected-3.xml", insertions: objects + embedded),
        SecretPlaces(fixture: "wmi-3.xml", insertions: objects + embedded),
        SecretPlaces(fixture: "cim-3.xml", insertions: objects + embedded),
        SecretPlaces(fixture: "whole-site.xml", insertions: objects + embedded),
        SecretPlaces(fixture: "flat-3.xml", insertions: objects),
        SecretPlaces(fixture: "sqlrow-3.xml", insertions: objects),
        SecretPlaces(fixture: "convertto-3.xml", insertions: converted + convertedEmbedded),
        SecretPlaces(fixture: "convertto-flat-3.xml", insertions: converted),
        SecretPlaces(fixture: "cimxml-3.xml", insertions: instances),
        SecretPlaces(fixture: "configuration-1.xml", insertions: comments),
        SecretPlaces(fixture: "configuration-1.xml", isRead: false, insertions: comments + unknown),
    ]

    /// Names that say that what follows is a secret, and some that do not.
    private static let names = [
        "Password", "PXEPassword", "DomainPwd", "Secret", "Token", "PrivateKey", "ConnectionString", "Unknown",
    ]

    /// CLIXML: members of a record, its type names and text, and objects beside it.
    private static let objects = [
        Insertion(
            anchor: #"<Objs[^>]*>"#,
            text: "<!-- \(canary) --><S S=\"Error\">\(canary)</S>"
                + "<Obj S=\"progress\" RefId=\"990\"><ToString>\(canary)</ToString></Obj>"
                + credential("RefId=\"991\"")),
        Insertion(anchor: #"</T>"#, text: "<T>\(canary)</T>"),
        Insertion(
            anchor: #"<(Props|MS)>"#,
            text: names.map { "<S N=\"\($0)\">\(canary)</S><SS N=\"\($0)2\">\(canary)</SS>" }.joined()
                + credential("N=\"Credential\" RefId=\"992\"")
                + "<S N=\"MiXml\">&lt;CLASS NAME=\"\(canary)\"/&gt;</S><S N=\"a\" Secret=\"\(canary)\">1</S>"
                + "<XD N=\"Document\">&lt;password&gt;\(canary)&lt;/password&gt;</XD><SBK N=\"Script\">\(canary)</SBK>"
                + "<Obj N=\"Map\" RefId=\"993\"><DCT><En><S N=\"Key\">Password</S><S N=\"Value\">\(canary)</S></En></DCT></Obj>"
                + "<S N=\"_x0050_assword\">\(canary)</S><S N=\"Cut\"><![CDATA[\(canary)]]></S>"),
        Insertion(
            anchor: #"</(Props|MS)>(?=\s*</Obj>\s*(<Obj RefId|</Objs>))"#, text: "<ToString>\(canary)</ToString>"),
    ]

    private static func credential(_ attributes: String) -> String {
        "<Obj \(attributes)><TN RefId=\"991\"><T>System.Management.Automation.PSCredential</T><T>\(canary)</T></TN>"
            + "<ToString>\(canary)</ToString><Props><S N=\"UserName\">\(canary)</S><SS N=\"Password\">\(canary)</SS></Props></Obj>"
    }

    /// CLIXML: embedded properties.
    private static let embedded = [
        Insertion(
            anchor: #"N="Props"[\s\S]*?<LST>"#,
            text: names.map {
                "<Obj RefId=\"994\"><Props><S N=\"PropertyName\">\($0)</S><U32 N=\"Value\">0</U32><S N=\"Value1\">\(canary)</S>"
                    + "<SS N=\"Value2\">\(canary)</SS><S N=\"Value3\">\(canary)</S></Props><ToString>\(canary)</ToString></Obj>"
            }.joined())
    ]

    /// ConvertTo-Xml.
    private static let converted = [
        Insertion(anchor: #"<Objects>"#, text: "<!-- \(canary) -->"),
        Insertion(
            anchor: #"<Object [^>]*>"#,
            text: names.map { "<Property Name=\"\($0)\" Type=\"System.String\">\(canary)</Property>" }.joined()
                + "<Property Name=\"Credential\" Type=\"System.Management.Automation.PSCredential\">"
                + "<Property Name=\"UserName\" Type=\"System.String\">\(canary)</Property>"
                + "<Property Name=\"Password\" Type=\"System.Security.SecureString\">\(canary)</Property></Property>"
                + "<Property Name=\"a\" Type=\"\(canary)\" Secret=\"\(canary)\">1</Property>"),
    ]

    private static let convertedEmbedded = [
        Insertion(
            anchor: #"Name="Props" [^>]*>"#,
            text: names.map {
                "<Property Type=\"x\"><Property Name=\"PropertyName\" Type=\"System.String\">\($0)</Property>"
                    + "<Property Name=\"Value1\" Type=\"System.String\">\(canary)</Property>"
                    + "<Property Name=\"Value2\" Type=\"System.String\">\(canary)</Property></Property>"
            }.joined())
    ]

    /// CIM-XML.
    private static let instances = [
        Insertion(anchor: #"<CIM>"#, text: "<!-- \(canary) -->"),
        Insertion(
            anchor: #"<INSTANCE [^>]*>"#,
            text: names.map { "<PROPERTY NAME=\"\($0)\" TYPE=\"string\"><VALUE>\(canary)</VALUE></PROPERTY>" }.joined()
                + "<QUALIFIER NAME=\"a\" TYPE=\"string\"><VALUE>\(canary)</VALUE></QUALIFIER>"),
        Insertion(
            anchor: #"<VALUE.OBJECTARRAY>"#,
            text: names.map {
                "<VALUE.OBJECT><INSTANCE CLASSNAME=\"SMS_EmbeddedProperty\">"
                    + "<PROPERTY NAME=\"PropertyName\" TYPE=\"string\"><VALUE>\($0)</VALUE></PROPERTY>"
                    + "<PROPERTY NAME=\"Value2\" TYPE=\"string\"><VALUE>\(canary)</VALUE></PROPERTY></INSTANCE></VALUE.OBJECT>"
            }.joined()),
    ]

    /// Our own XML: comments, and what it does not have.
    private static let comments = [Insertion(anchor: #"<configuration[^>]*>"#, text: "<!-- \(canary) -->")]
    private static let unknown = [
        Insertion(
            anchor: #"<configuration[^>]*>"#,
            text:
                "<password value=\"\(canary)\">\(canary)</password><site code=\"XYZ\" password=\"\(canary)\"/>\(canary)"
        )
    ]

    /// The file with its secrets, in UTF-8.
    public func document() throws -> String {
        var text = try plain()
        for insertion in insertions {
            let expression = try Regex(insertion.anchor)
            guard let anchor = text.firstRange(of: expression) else { throw NoPlace(anchor: insertion.anchor) }
            text.insert(contentsOf: insertion.text, at: anchor.upperBound)
        }
        return text
    }

    /// The files below a folder that hold a text.
    public static func files(in folder: String, holding text: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
            FileManager.default.contents(atPath: folder + "/" + name)?.range(of: Data(text.utf8)) != nil
        }
    }

    struct NoPlace: Error {
        let anchor: String
    }

    private func plain() throws -> String {
        let data = try Data(contentsOf: URL(filePath: Checkout.fixtures + fixture))
        let isUTF16 = data.starts(with: [0xFF, 0xFE])
        let text = String(data: data, encoding: isUTF16 ? .utf16 : .utf8) ?? ""
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }
}
