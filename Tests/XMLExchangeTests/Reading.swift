import Domain
import Foundation
import XMLExchange

/// What a reader made of a document, in a form that compares.
struct Reading {
    var records: [RecordDraft] = []
    var findings: [Finding] = []
    var summary = ReadSummary()
    var isRefused = false
    /// All events as text, in order.
    var log: [String] = []

    /// Feeds the bytes in pieces of the sizes `next` gives.
    init(_ bytes: [UInt8], file: String? = "site.xml", pieces next: () -> Int = { 1 << 20 }) {
        var reading = Reading()
        let reader = ConfigurationReader(file: file) { event in reading.take(event) }
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(max(1, next()))
                try! reader.feed(UnsafeRawBufferPointer(rebasing: piece))
                rest = rest.dropFirst(piece.count)
            }
        }
        reading.summary = try! reader.finish()
        reading.isRefused = reader.isRefused
        self = reading
    }

    init(_ text: String) { self.init(Array(text.utf8)) }

    private init() {}

    private mutating func take(_ event: ReadEvent) {
        switch event {
        case .record(let draft):
            records.append(draft)
            log.append(Self.describe(draft))
        case .finding(let finding):
            findings.append(finding)
            let place = finding.place
            log.append(
                "\(finding.severity) \(finding.code.rawValue) \(finding.key ?? "-") \(finding.field?.rawValue ?? "-") "
                    + "\(place.line ?? 0):\(place.column ?? 0) \(finding.message)")
        }
    }

    var codes: [FindingCode] { findings.map(\.code) }
    var servers: [ServerDraft] { records.compactMap { if case .server(let draft) = $0 { draft } else { nil } } }
    var roles: [RoleDraft] { records.compactMap { if case .role(let draft) = $0 { draft } else { nil } } }
    var sites: [SiteDraft] { records.compactMap { if case .site(let draft) = $0 { draft } else { nil } } }

    var components: [ComponentDraft] {
        records.compactMap { if case .component(let draft) = $0 { draft } else { nil } }
    }
    var updateCategories: [UpdateCategoryDraft] {
        records.compactMap { if case .updateCategory(let draft) = $0 { draft } else { nil } }
    }

    /// The one finding that refused the document, if that is what happened.
    var refusal: Finding? {
        let errors = findings.filter { $0.severity == .error }
        return isRefused && errors.count == 1 ? errors.first : nil
    }

    static func describe(_ record: RecordDraft, places: Bool = true) -> String {
        let place = places ? "\(record.place.line ?? 0):\(record.place.column ?? 0) " : ""
        func text(_ sent: Sent?) -> String {
            guard let sent else { return "-" }
            return sent.text.debugDescription + (places ? "@\(sent.place.line ?? 0):\(sent.place.column ?? 0)" : "")
        }
        func fields(_ draft: Draft?) -> String {
            guard let draft else { return "nil" }
            return "{" + draft.entries.map { "\($0.field.rawValue)=\(text($0.sent))" }.joined(separator: " ") + "}"
        }
        switch record {
        case .site(let site): return place + "site \(fields(site.fields)) \(site.isInferred)"
        case .server(let server):
            return place + "server \(text(server.name)) \(text(server.site)) \(server.source) "
                + "\(fields(server.general)) \(fields(server.proxy))"
        case .role(let role):
            return place + "role \(text(role.server)) \(text(role.site)) \(text(role.role)) \(fields(role.details))"
        case .cloudDistributionPoint(let cloud): return place + "cloud \(text(cloud.name)) \(text(cloud.site))"
        case .component(let component): return place + "component \(text(component.site)) \(fields(component.fields))"
        case .updateCategory(let category):
            return place + "category \(category.kind) \(text(category.name)) \(category.isSubscribed)"
        }
    }
}

/// Files beside the tests.
enum Fixture {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    static let root = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func bytes(_ name: String) -> [UInt8] {
        Array(try! Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// A fixture in UTF-16 or UTF-8 as text.
    static func text(_ name: String) -> String {
        let bytes = bytes(name)
        if bytes.starts(with: [0xFF, 0xFE]) {
            let units = stride(from: 2, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
            return String(decoding: units, as: UTF16.self)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    func utf16Bytes(bigEndian: Bool = false, mark: Bool = true) -> [UInt8] {
        let units = (mark ? [0xFEFF] : []) + Array(utf16)
        return units.flatMap { unit -> [UInt8] in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return bigEndian ? bytes.reversed() : bytes
        }
    }
}

/// Small exports written in the tests.
enum Sample {
    static let open = "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"

    static func objs(_ content: String) -> String { open + content + "</Objs>" }

    /// One item; `properties` are PropertyName and the XML of its slots.
    static func item(
        _ role: String = "SMS Site System", server: String? = "cm01.corp.contoso.com", site: String? = "PS1",
        type: String = "IResultObject#SMS_SCI_SysResUse", members: String = "", properties: [(String, String)]? = []
    ) -> String {
        var text = "<Obj RefId=\"0\"><TN RefId=\"0\"><T>\(type)</T><T>System.Object</T></TN><Props>"
        if let server { text += "<S N=\"NetworkOSPath\">\\\\\(server)</S>" }
        text += members
        if let properties {
            text += "<Obj N=\"Props\" RefId=\"1\"><LST>"
            for (name, slots) in properties {
                text += "<Obj RefId=\"2\"><Props><S N=\"PropertyName\">\(name)</S>\(slots)</Props></Obj>"
            }
            text += "</LST></Obj>"
        }
        text += "<S N=\"RoleName\">\(role)</S>"
        if let site { text += "<S N=\"SiteCode\">\(site)</S>" }
        return text + "</Props></Obj>"
    }

    static func value(_ number: String) -> String { "<U32 N=\"Value\">\(number)</U32>" }
    static func value1(_ text: String) -> String { "<S N=\"Value1\">\(text)</S>" }
    static func value2(_ text: String) -> String { "<S N=\"Value2\">\(text)</S>" }
    static func configuration(_ content: String) -> String {
        "<configuration xmlns=\"urn:proxydesk:configuration:1\">\(content)</configuration>"
    }
}
