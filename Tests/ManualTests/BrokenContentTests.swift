import Foundation
import Testing

@testable import Manual

/// Each cross-check, on a copy of the shipped content with one thing broken: file and line must be right.
@Suite struct BrokenContentTests {
    /// One text replaced in one file.
    struct Breakage: Sendable, CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        /// A text that stands on the line to be named; nil for the file's last line.
        let at: String?
        let message: String

        init(_ file: String, _ old: String, _ new: String, at: String?, _ message: String) {
            self.file = "content/" + file
            (self.old, self.new, self.at, self.message) = (old, new, at, message)
        }

        var testDescription: String { "\(file): \(message)" }
    }

    @Test(arguments: Self.keys + Self.texts + Self.pages + Self.roles)
    func oneBreakageIsToldWithFileAndLine(_ breakage: Breakage) throws {
        try ContentCopy.with { copy in
            let text = try copy.read(breakage.file)
            let start = try #require(text.range(of: breakage.old), "the shipped file holds no such text")
            let broken = text.replacingCharacters(in: start, with: breakage.new)
            try copy.write(broken, to: breakage.file)
            let line = breakage.at.map { broken.line(of: $0) } ?? broken.lineCount
            let place = "\(breakage.file):\(try #require(line)): "
            let problems = copy.problems()
            #expect(problems.contains { $0.hasPrefix(place) && $0.contains(breakage.message) }, "\(problems)")
        }
    }

    @Test func linesMayEndAsWindowsEndsThem() throws {
        try ContentCopy.with { copy in
            for file in [
                "docs/reference/limits.md", "fields/proxy.md", "rules/proxy.md", "reference/roles.yaml", "glossary.md",
            ] {
                let text = try copy.read("content/" + file)
                try copy.write(text.replacing("\n", with: "\r\n"), to: "content/" + file)
            }
            let problems = copy.problems()
            #expect(problems == [])
            let (here, there) = (try shippedManual.get().pages, try Manual(contentDirectory: copy.directory).pages)
            #expect(here.map(\.body.html) == there.map(\.body.html))
        }
    }

    static let keys = [
        Breakage(
            "fields/proxy.md", "## proxy.port\n", "", at: nil, "The field key proxy.port has no heading here."),
        Breakage(
            "fields/proxy.md", "## proxy.port\n", "## proxy.prot\n", at: "## proxy.prot",
            "“proxy.prot” is no field key."),
        Breakage(
            "fields/proxy.md", "## proxy.port\n", "## server.name\n", at: "## server.name",
            "The field key server.name belongs in content/fields/server.md."),
        Breakage(
            "fields/proxy.md", "## proxy.port\n", "## proxy.server\n", at: "## proxy.server\n\nThe TCP port",
            "The field key proxy.server has a second heading here."),
        Breakage(
            "rules/proxy.md", "## proxy.port.range\n", "", at: nil,
            "The finding code proxy.port.range has no heading here."),
        Breakage(
            "rules/proxy.md", "## proxy.port.range\n", "## proxy.port.rage\n", at: "## proxy.port.rage",
            "“proxy.port.rage” is no finding code."),
        Breakage(
            "rules/name.md", "## name.digits\n\nKind: policy", "## name.digits\n\nKind: shape",
            at: "Kind: shape\n\nA part of the name is digits", "name.digits must begin with “Kind: policy”"),
        Breakage(
            "rules/name.md", "## name.digits\n\nKind: policy\n", "## name.digits\n", at: "A part of the name is digits",
            "name.digits must begin with “Kind: policy”"),
    ]

    static let texts = [
        Breakage(
            "fields/proxy.md", "## proxy.port\n", "## proxy.port\n\n- no hint\n", at: "## proxy.port",
            "proxy.port has no hint"),
        Breakage(
            "fields/proxy.md", "The TCP port", "The *TCP* port", at: "The *TCP* port", "A hint is plain text"),
        Breakage(
            "fields/proxy.md", "The TCP port", "The TCP port" + String(repeating: " of the proxy", count: 12),
            at: "The TCP port", "A hint has 160 characters or fewer."),
        Breakage(
            "scripts/export-with-cim.ps1", "# It changes nothing", "# It changes nothing –",
            at: "# It changes nothing –",
            "A script is plain ASCII."),
    ]

    static let pages = [
        Breakage("docs/reference/limits.md", "title: Limits\n", "", at: "---", "The front matter lacks “title”."),
        Breakage("docs/reference/limits.md", "order: 3\n", "", at: "---", "The front matter lacks “order”"),
        Breakage(
            "docs/reference/limits.md", "order: 3\n", "weight: 3\n", at: "weight",
            "The front matter has no key “weight”"),
        Breakage(
            "docs/reference/limits.md", "reviewed: 2026-11-21", "reviewed: soon", at: "---",
            "“reviewed” must be a day of the calendar"),
        Breakage(
            "docs/reference/limits.md", "reviewed: 2026-11-21", "reviewed: 2026-02-29", at: "---",
            "“reviewed” must be a day of the calendar"),
        Breakage(
            "docs/reference/limits.md", "(/manual/rules/xml#xml-doctype)", "(/diagnoze?x#y)", at: "Refused by name",
            "The portal has no page /diagnoze that a link may name."),
        Breakage(
            "reference/sources.yaml", "sources:\n", "sources:\n  forgotten:\n    title: A page\n    date: '2026'\n",
            at: "forgotten", "Nothing cites the source forgotten."),
        Breakage("docs/reference/limits.md", "---\n", "", at: "title", "The file has no front matter"),
        Breakage(
            "docs/reference/limits.md", "(/manual/rules/xml#xml-doctype)", "(/manual/rules/xml#xml-doctipe)",
            at: "Refused by name", "/manual/rules/xml has no heading “#xml-doctipe”."),
        Breakage(
            "docs/reference/limits.md", "(/manual/rules/xml#xml-doctype)", "(/manual/rule/xml)", at: "Refused by name",
            "There is no page /manual/rule/xml."),
        Breakage(
            "docs/reference/limits.md", "(/manual/rules/xml#xml-doctype)", "(#nowhere)", at: "Refused by name",
            "This page has no heading “#nowhere”."),
        Breakage(
            "docs/reference/limits.md", "(/manual/rules/xml#xml-doctype)", "(../rules/xml.md)", at: "Refused by name",
            "“../rules/xml.md” must begin with /, # or https://."),
        Breakage(
            "docs/reference/limits.md", "sources: [", "sources: [hearsay, ", at: "---",
            "The page cites hearsay, which content/reference/sources.yaml does not list."),
        Breakage(
            "docs/reference/limits.md", "order: 3\n", "order: 3\nmoved_from: [/manual/reference/roles]\n", at: "---",
            "“moved_from” names /manual/reference/roles, and that is a page today."),
        Breakage(
            "docs/reference/limits.md", "order: 3\n", "order: 3\nmoved_from: [/manual/../x]\n", at: "---",
            "“moved_from” names addresses such as /manual/how-to/change-a-proxy, of letters, digits and hyphens; “/manual/../x” is none."
        ),
        Breakage(
            "docs/reference/limits.md", "order: 3\n", "order: 3\nmoved_from: [/manual/search]\n", at: "---",
            "“moved_from” names /manual/search, which is kept for a part of the manual."),
        Breakage(
            "docs/reference/limits.md", "## Values", "[!INCLUDE[a note](../../includes/nowhere.md)]",
            at: "[!INCLUDE", "The file that is included here is not there."),
        Breakage(
            "reference/sources.yaml", "date: '2015-12-08'", "date: 'long ago'", at: "proxy-2015",
            "proxy-2015 needs a “title”, and a “date”"),
        Breakage(
            "docs/reference/limits.md", "## Values", "# Values", at: "# Values", "The title stands in the front matter"),
        Breakage(
            "docs/reference/limits.md", "## Values", "## XML: files", at: "## XML: files",
            "Two headings of this page have the id “xml-files”."),
        Breakage(
            "docs/reference/limits.md", "## Values", "## [Values](/manual)", at: "## [Values]",
            "A heading has a link to itself"),
    ]

    static let roles = [
        Breakage(
            "reference/roles.yaml", "role_name: SMS Dmp Connector", "role_name: SMS DMP Connector",
            at: "role_name: SMS DMP Connector", "“SMS DMP Connector” is not among KnownRole.all."),
        Breakage(
            "reference/roles.yaml", "role_name: SMS Dmp Connector", "role_name: null", at: nil,
            "The role SMS Dmp Connector has no entry."),
        Breakage(
            "reference/roles.yaml", "role_name: SMS Dmp Connector", "role_name: SMS Provider",
            at: "role_name: SMS Provider\n  display_name: Service connection point",
            "The role SMS Provider has a second entry."),
        Breakage(
            "reference/roles.yaml", "sources: [get-cmsiterole,", "sources: [hearsay,", at: "id: site_server",
            "site_server cites hearsay"),
        Breakage(
            "reference/roles.yaml", "status: current", "status: fine", at: "id: site_server", "“status” must be one of"),
        Breakage(
            "reference/roles.yaml", "instances: 'one per site'", "instances: 'several'", at: "id: site_server",
            "site_server: “instances” is several here, and one per site in KnownRole.all."),
        Breakage(
            "reference/roles.yaml", "secondary: 'no'}\n  instances: 'several'\n  auto_assigned",
            "secondary: 'yes'}\n  instances: 'several'\n  auto_assigned", at: "id: sms_provider",
            "sms_provider: “may_be_installed, secondary” is yes here, and no in KnownRole.all."),
        Breakage("reference/roles.yaml", "roles:\n", "roles: [\n", at: "- id: site_server", "The file is not YAML."),
        Breakage(
            "reference/classifications.yaml", "name: Tools", "name: Tool", at: "name: Tool,",
            "“Tool” is not among UpdateClassification.known"),
        Breakage(
            "reference/classifications.yaml", "name: Tools", "name: Tool", at: nil,
            "The classification Tools has no entry."),
        Breakage(
            "reference/classifications.yaml", "sources: [classification-guids]", "sources: [hearsay]",
            at: "name: Applications",
            "Applications cites hearsay"),
        Breakage("reference/roles.yaml", "roles:\n", "rolls:\n", at: "# The site", "The file needs the key “roles”"),
        Breakage(
            "reference/roles.yaml", "flows: [cmg-connection]", "flows: [connected-cache]",
            at: "flows: [connected-cache]",
            "cmg_connection_point lists the flow “connected-cache”, which TrafficFlowID does not give it."),
        Breakage(
            "reference/roles.yaml", "flows: [cmg-connection]", "flows: []", at: "flows: []",
            "cmg_connection_point does not list the flow cmg-connection, which TrafficFlowID.roleID gives it."),
        Breakage(
            "reference/versions.yaml", "build: 9146", "build: 9147", at: "release: '2603'",
            "Release “2603” with build 9147 is not among ProductRelease.known."),
        Breakage(
            "reference/versions.yaml", "    connected-cache: >-\n      It can", "    cmg-connection: >-\n      It can",
            at: "    cmg-connection: >-", "Release 2603 changes “cmg-connection” here"),
        Breakage(
            "reference/versions.yaml", "- {release: '2503', build: 9135, sources: [updates-2026]}\n", "", at: nil,
            "Release 2503, build 9135, has no entry."),
        Breakage(
            "flow-reasons/scp.md", "## scp.offline", "## scp.asleep", at: "## scp.asleep",
            "“scp.asleep” is no rule of a flow."),
        Breakage(
            "flows/traffic-flows.md", "## service-connection\n", "## telepathy\n", at: "## telepathy",
            "“telepathy” is no traffic flow."),
    ]

    @Test func missingAndStrayFilesAreTold() throws {
        try ContentCopy.with { copy in
            try copy.remove("content/fields/role.md")
            try copy.remove("content/scripts/export-with-cim.ps1")
            try copy.write("", to: "content/rules/extra.md")
            let problems = copy.problems()
            #expect(problems.contains("content/fields/role.md:1: The file is missing."))
            #expect(problems.contains("content/scripts/export-with-cim.ps1:1: The file is missing."))
            #expect(problems.contains("content/rules/extra.md:1: No finding code begins with “extra”."))
        }
    }

    @Test func allProblemsAreToldByFileAndLine() throws {
        try ContentCopy.with { copy in
            for (file, key) in [("content/rules/sup.md", "sup.port.next"), ("content/fields/site.md", "site.version")] {
                try copy.write(
                    try copy.read(file).replacingOccurrences(of: "## \(key)\n", with: "## no.\(key)\n"), to: file)
            }
            // Links that led to the two headings are problems too, as many as there are.
            let files = copy.problems().filter { !$0.contains("has no heading “") }.map { $0.prefix { $0 != ":" } }
            #expect(files.count == 4)
            #expect(files == files.sorted())
        }
    }
}
