import Domain
import Foundation
import TestSupport
import Testing

/// The rules for squid over all that the reference lists, read as squid reads them.
///
/// What a line means here was compared with squid 5.7, which was given these files and asked for these hosts.
@Suite("Rules for squid as squid reads them")
struct SquidFileTests {
    private static let answers = "&cmg=contosocmg&region=westeurope&cdp=contosocdp&logic-region=westeurope"

    @Test("squid takes every line, and complains of none")
    func lines() async throws {
        try await withFlows { portal in
            let roles = try await portal.page("/requirements").part(from: "id=\"role\"", to: "</select>")
            let queries =
                try #require(roles).values(of: "value").map { "role=" + $0 }
            #expect(queries.count > 20)
            for query in queries {
                let file = try await portal.client.get("/requirements/squid.conf?" + query + Self.answers).body
                let rules = SquidReading(file)
                #expect(rules.faults == [], "\(query)")
                #expect(rules.coveredEntries == [], "\(query)")
            }
        }
    }

    private static let requests: [(address: String, isAllowed: Bool)] = [
        ("download.microsoft.com:80", true), ("download.microsoft.com:443", true),
        ("download.microsoft.com:8080", false), ("notdownload.microsoft.com:443", false),
        ("a.windowsupdate.com:80", true), ("windowsupdate.com:80", true), ("a.windowsupdate.com:443", false),
        ("x.y.akamaiedge.net:443", true), ("x.y.akamaiedge.net:80", false),
        ("eu-umwatsonc.events.data.microsoft.com:443", true), ("EU-UMWATSONC.events.data.microsoft.com:443", true),
        ("a.b-umwatsonc.events.data.microsoft.com:443", false),
        ("eu-umwatsonc.events.data.microsoft.com.example.com:443", false), ("example.com:443", false),
        ("foo.westeurope.logic.azure.com:443", true), ("foo.eastus.logic.azure.com:443", false),
    ]

    @Test("listed hosts pass on their ports, and nothing else does")
    func meaning() async throws {
        try await withFlows { portal in
            var files: [SquidReading] = []
            for role in ["service_connection_point", "software_update_point"] {
                let path = "/requirements/squid.conf?role=\(role)\(Self.answers)"
                files.append(SquidReading(try await portal.client.get(path).body))
            }
            for request in Self.requests {
                #expect(files.contains { $0.allows(request.address) } == request.isAllowed, "\(request.address)")
            }
        }
    }

    @Test("no list lets squid ask for the name of an address")
    func reverseNames() async throws {
        try await withFlows { portal in
            let file = try await portal.client.get("/requirements/squid.conf?role=client").body
            let lists = file.split(separator: "\n").filter { $0.hasPrefix("acl ") && $0.contains(" dstdom") }
            #expect(!lists.isEmpty && lists.allSatisfy { $0.contains(" -n ") })
        }
    }
}

/// The lines of squid.conf that such a file may have: `acl` of four types, and `http_access allow`.
private struct SquidReading {
    private(set) var faults: [String] = []
    private var lists: [String: [(type: String, value: String)]] = [:]
    private var rules: [[String]] = []

    init(_ file: String) {
        for line in file.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            if words.first == "acl", words.count >= 4 {
                readList(words)
            } else if words.prefix(2) == ["http_access", "allow"], words.count > 2 {
                let unknown = words.dropFirst(2).filter { lists[$0] == nil }
                if !unknown.isEmpty { faults.append("\(line): lists that are not there") }
                rules.append(Array(words.dropFirst(2)))
            } else {
                faults.append(String(line))
            }
        }
    }

    private mutating func readList(_ words: [String]) {
        let (name, type) = (words[1], words[2])
        let values = words.dropFirst(3).drop { $0 == "-n" || $0 == "-i" }
        let isSame = lists[name].map { $0.allSatisfy { $0.type == type } } ?? true
        // A name of a list may have 63 characters, and all of its lines are of one type.
        if name.utf8.count > 63 || !isSame || values.isEmpty { faults.append(words.joined(separator: " ")) }
        for value in values {
            if !Self.isFit(value, type) { faults.append("\(name): \(value)") }
            lists[name, default: []].append((type, value))
        }
    }

    private static func isFit(_ value: String, _ type: String) -> Bool {
        switch type {
        case "src": return value == "127.0.0.1/32"
        case "port":
            let numbers = value.split(separator: "-").compactMap { UInt16($0) }
            return numbers.count == value.split(separator: "-", omittingEmptySubsequences: false).count
                && numbers == numbers.sorted() && (1...2).contains(numbers.count)
        case "dstdomain":
            let labels = (value.hasPrefix(".") ? value.dropFirst() : value[...]).split(
                separator: ".", omittingEmptySubsequences: false)
            return labels.allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63
                    && label.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
            }
        case "dstdom_regex": return (try? Regex(value)) != nil && value.hasPrefix("^") && value.hasSuffix("$")
        default: return false
        }
    }

    /// Entries of a list that another one covers: squid warns of those.
    var coveredEntries: [String] {
        lists.values.flatMap { entries in
            let names = entries.filter { $0.type == "dstdomain" }.map(\.value)
            return names.enumerated().filter { index, name in
                names.enumerated().contains { other, domain in
                    other != index && (domain == name || Self.covers(domain, name))
                }
            }.map(\.element)
        }
    }

    private static func covers(_ domain: String, _ host: String) -> Bool {
        domain.hasPrefix(".") && ("." + host).hasSuffix(domain) || domain == host
    }

    /// Whether somebody of the first list may reach `host:port`.
    func allows(_ address: String) -> Bool {
        let parts = address.lowercased().split(separator: ":").map(String.init)
        return rules.contains { rule in
            rule.allSatisfy { name in
                (lists[name] ?? []).contains { Self.takes($0, parts[0], Int(parts[1]) ?? 0) }
            }
        }
    }

    private static func takes(_ entry: (type: String, value: String), _ host: String, _ port: Int) -> Bool {
        switch entry.type {
        case "src": return true
        case "port":
            let numbers = entry.value.split(separator: "-").compactMap { Int($0) }
            return (numbers[0]...numbers[numbers.count - 1]).contains(port)
        case "dstdomain": return covers(entry.value, host)
        default: return (try? Regex(entry.value).wholeMatch(in: host)) != nil
        }
    }
}
