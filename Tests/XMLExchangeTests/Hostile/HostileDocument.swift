import Domain
import Testing

/// A document that somebody wrote to do harm, and what becomes of it.
struct HostileDocument: CustomTestStringConvertible, Sendable {
    /// The attack, in a few words.
    let attack: String
    let bytes: [UInt8]
    /// The code it is refused with; nil when it may be read, because the attack then does nothing.
    let code: FindingCode?

    var testDescription: String { attack }

    init(_ attack: String, _ code: FindingCode?, _ text: String) { self.init(attack, code, Array(text.utf8)) }

    init(_ attack: String, _ code: FindingCode?, _ bytes: [UInt8]) {
        self.attack = attack
        self.bytes = bytes
        self.code = code
    }

    /// An export with an item, and `content` behind it.
    private static func export(_ content: String) -> String { Sample.objs(Sample.item() + content) }

    private static func typed(_ subset: String, _ content: String = "<S>&x;</S>") -> String {
        "<?xml version=\"1.0\"?>\n<!DOCTYPE Objs \(subset)>\n\(export(content))"
    }

    /// Documents that ask a parser to open `address`.
    static func reaching(_ address: String) -> [HostileDocument] {
        [
            HostileDocument("external entity", .xmlDoctype, typed("[<!ENTITY x SYSTEM \"\(address)\">]")),
            HostileDocument("public external entity", .xmlDoctype, typed("[<!ENTITY x PUBLIC \"p\" \"\(address)\">]")),
            HostileDocument(
                "external parameter entity", .xmlDoctype, typed("[<!ENTITY % x SYSTEM \"\(address)\"> %x;]", "")),
            HostileDocument(
                "what is read sent elsewhere by a parameter entity", .xmlDoctype,
                typed(
                    "[<!ENTITY % f SYSTEM \"file:///etc/hostname\"><!ENTITY % d SYSTEM \"\(address)\"> %d; %send;]", "")
            ),
            HostileDocument("external document type", .xmlDoctype, typed("SYSTEM \"\(address)\"", "")),
            HostileDocument(
                "public document type", .xmlDoctype, typed("PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"\(address)\"", "")),
            HostileDocument(
                "notation", .xmlDoctype, typed("[<!NOTATION n SYSTEM \"\(address)\"><!ENTITY x SYSTEM \"a\" NDATA n>]")),
            HostileDocument(
                "entity declared behind the root's start", .xmlEntity, export("<!ENTITY x SYSTEM \"\(address)\">&x;")),
            HostileDocument(
                "inclusion of a file", .xmlXinclude,
                export("<x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" href=\"\(address)\" parse=\"text\"/>")),
            HostileDocument(
                "inclusion without a prefix", .xmlXinclude,
                export("<include xmlns=\"http://www.w3.org/2001/XInclude\" href=\"\(address)\"/>")),
            HostileDocument(
                "inclusion in our own XML", .xmlXinclude,
                Sample.configuration(
                    "<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\"\(address)\"><i:fallback/></i:include>"
                )),
            HostileDocument(
                "style sheet", .xmlProcessingInstruction,
                "<?xml-stylesheet type=\"text/xsl\" href=\"\(address)\"?>\n" + export("")),
            HostileDocument(
                "catalogue", .xmlProcessingInstruction, "<?oasis-xml-catalog catalog=\"\(address)\"?>\n" + export("")),
            HostileDocument(
                "schema by model", .xmlProcessingInstruction, "<?xml-model href=\"\(address)\"?>\n" + export("")),
            HostileDocument(
                "transformation", .importOtherFile,
                "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
                    + "<xsl:include href=\"\(address)\"/><xsl:value-of select=\"document('\(address)')\"/></xsl:stylesheet>"
            ),
            HostileDocument(
                "place of a schema", nil,
                Sample.open.dropLast() + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                    + "xsi:schemaLocation=\"urn:a \(address)\" xsi:noNamespaceSchemaLocation=\"\(address)\">"
                    + Sample.item() + "</Objs>"),
            HostileDocument(
                "place of a schema in our own XML", nil,
                "<configuration xmlns=\"urn:proxydesk:configuration:1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                    + " xsi:schemaLocation=\"urn:proxydesk:configuration:1 \(address)\"><site code=\"PS1\"/></configuration>"
            ),
            HostileDocument("base address", nil, export("<S xml:base=\"\(address)\">x</S>")),
            HostileDocument("address as a namespace", nil, export("<a xmlns=\"\(address)\"/>")),
            HostileDocument(
                "address as an encoding", .xmlEncoding, "<?xml version=\"1.0\" encoding=\"http-x\"?>" + export("")),
        ]
    }

    /// Entities that grow when they are replaced.
    static let growing: [HostileDocument] = [
        HostileDocument(
            "a billion laughs", .xmlDoctype,
            typed(
                "[<!ENTITY a \"lol\">"
                    + (1...9).map { level in
                        let names = "abcdefghij".map(String.init)
                        return "<!ENTITY \(names[level]) \"" + String(repeating: "&\(names[level - 1]);", count: 10)
                            + "\">"
                    }.joined() + "]", "<S>&j;</S>")),
        HostileDocument(
            "one long entity many times in a text", .xmlDoctype,
            typed(
                "[<!ENTITY x \"\(String(repeating: "a", count: 50_000))\">]",
                "<S>" + String(repeating: "&x;", count: 20_000) + "</S>")),
        HostileDocument(
            "one long entity many times in an attribute", .xmlDoctype,
            typed(
                "[<!ENTITY x \"\(String(repeating: "a", count: 50_000))\">]",
                "<S N=\"" + String(repeating: "&x;", count: 20_000) + "\"/>")),
        HostileDocument("an entity that holds itself", .xmlDoctype, typed("[<!ENTITY x \"&y;\"><!ENTITY y \"&x;\">]")),
        HostileDocument("attributes by default", .xmlDoctype, typed("[<!ATTLIST S N CDATA \"RoleName\">]", "<S/>")),
        HostileDocument("an entity of nobody, many times", .xmlEntity, export(String(repeating: "&x;", count: 10_000))),
    ]

    /// Bytes that two readers may take for different texts.
    static let encodings: [HostileDocument] = [
        HostileDocument("UTF-7", .xmlEncoding, "<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADw-Objs/+AD4-"),
        HostileDocument("UTF-7 without saying so", .xmlMalformed, "+ADw-Objs+AD4-+ADw-/Objs+AD4-"),
        HostileDocument("EBCDIC", .xmlMalformed, [0x4C, 0x6F, 0xA7, 0x94, 0x93, 0x40]),
        HostileDocument("UTF-32", .xmlEncoding, [0xFF, 0xFE, 0, 0] + Array("<\0\0\0O\0\0\0".utf8)),
        HostileDocument("UTF-16 without a mark", .xmlEncoding, export("").utf16Bytes(mark: false)),
        HostileDocument(
            "UTF-16 behind a mark of UTF-8", .xmlMalformed, [0xEF, 0xBB, 0xBF] + export("").utf16Bytes(mark: false)),
        HostileDocument("UTF-8 in the middle of UTF-16", .xmlEncoding, export("").utf16Bytes() + Array("</Objs>".utf8)),
        HostileDocument(
            "half a character in UTF-16", .xmlEncoding,
            Sample.open.utf16Bytes() + [0x00, 0xD8] + "<a/>".utf16Bytes(mark: false)),
        HostileDocument(
            "Latin-1 behind a declaration of UTF-8", .xmlEncoding,
            Array(Sample.open.utf8) + [0xE9] + Array("</Objs>".utf8)),
        HostileDocument(
            "a long form of <", .xmlEncoding, Array(Sample.open.utf8) + [0xC0, 0xBC] + Array("script></Objs>".utf8)),
        HostileDocument(
            "a surrogate in UTF-8", .xmlEncoding, Array(Sample.open.utf8) + [0xED, 0xA0, 0xBD] + Array("</Objs>".utf8)),
        HostileDocument(
            "beyond Unicode", .xmlEncoding, Array(Sample.open.utf8) + [0xF4, 0x90, 0x80, 0x80] + Array("</Objs>".utf8)),
        HostileDocument("a NUL in a value", .xmlMalformed, export("<S>a\u{0}b</S>")),
        HostileDocument("a NUL in UTF-16", .xmlMalformed, export("<S>a\u{0}b</S>").utf16Bytes()),
        HostileDocument("a NUL behind the end", .xmlTrailing, export("") + "\u{0}"),
        HostileDocument("a NUL as a reference", .xmlMalformed, export("<S>&#0;</S>")),
        HostileDocument("a control character as a reference", .xmlMalformed, export("<S>&#x1B;[2J</S>")),
        HostileDocument("a character that is none", .xmlMalformed, export("<S>&#xFFFE;</S>")),
        HostileDocument("a surrogate as a reference", .xmlMalformed, export("<S>&#xD83C;&#xDF32;</S>")),
        HostileDocument("a reference that overflows", .xmlMalformed, export("<S>&#4294967337;&#x100000041;</S>")),
        HostileDocument("gzip", .importOtherFile, [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1]),
        HostileDocument("zip", .importOtherFile, [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0]),
        HostileDocument("bzip2", .xmlMalformed, Array("BZh91AY&SY".utf8)),
        HostileDocument("xz", .xmlMalformed, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4]),
    ]

    /// Mark-up that is not what it looks like.
    static let confusing: [HostileDocument] = [
        HostileDocument("an attribute twice", .xmlMalformed, export("<S N=\"a\" N=\"RoleName\">x</S>")),
        HostileDocument(
            "an attribute twice by two prefixes of one namespace", .xmlMalformed,
            export("<S xmlns:a=\"u\" xmlns:b=\"u\" a:N=\"1\" b:N=\"2\"/>")),
        HostileDocument("cut short in a tag", .xmlTruncated, String(export("").dropLast(3))),
        HostileDocument("cut short between elements", .xmlTruncated, String(export("").dropLast(7))),
        HostileDocument("two documents", .xmlTrailing, export("") + export("")),
        HostileDocument("words behind the end", .xmlTrailing, export("") + "drop table"),
        HostileDocument("an end tag of another element", .xmlMalformed, export("<LST></Obj>")),
        HostileDocument("an open comment", .xmlTruncated, export("") + "<!-- "),
        HostileDocument("a second declaration", .xmlDeclaration, export("<?xml version=\"1.0\" encoding=\"UTF-7\"?>")),
        HostileDocument("another version of XML", .xmlDeclaration, "<?xml version=\"1.1\"?>" + export("")),
        HostileDocument("a command for PHP", .xmlProcessingInstruction, export("<?php system('id') ?>")),
        HostileDocument(
            "our root without our namespace", .importOtherFile, "<configuration><site code=\"PS1\"/></configuration>"),
        HostileDocument(
            "our root in the namespace of PowerShell", .importOtherFile,
            "<configuration xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"/>"),
        HostileDocument("a prefix of nothing", .xmlMalformed, export("<p:S N=\"x\"/>")),
    ]
}
