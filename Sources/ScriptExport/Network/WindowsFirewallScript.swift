import Domain

/// Rules for Windows Firewall, computer by computer, as a PowerShell script.
///
/// Windows Firewall knows no names of hosts, so no rule names the other side: each opens its ports.
public enum WindowsFirewallScript {
    /// The script with the mark and line ends that Windows PowerShell 5.1 wants.
    ///
    /// - Throws: ``ScriptRefusal`` for a name that no script may carry.
    public static func text(of document: NetworkDocument) throws -> String {
        var lines = NetworkLines()
        lines.add("#Requires -Version 5.1")
        lines.add("#Requires -RunAsAdministrator")
        lines.head(document, "Rules for Windows Firewall")
        lines.comment(
            "Run it on each computer it names; what it made before is removed once all new rules are there, and stays where one is refused. -WhatIf shows what it would do."
        )
        lines.comment(
            "Windows Firewall knows no names of hosts, so no rule says who is on the other side: add -RemoteAddress where you know the addresses."
        )
        lines.comment(
            "Windows lets out what no rule blocks: the outbound rules matter where your policy blocks by default.")
        lines.leftOut(of: document)
        let computers = Computers(document)
        for line in parameters { lines.add(line) }
        for name in computers.names { lines.add("    \(try PowerShellText.literal(name))") }
        for line in opening { lines.add(line) }
        for computer in computers.withRules { try add(computer, &lines) }
        try direct(document, &lines)
        for line in closing { lines.add(line) }
        return "\u{FEFF}" + lines.text(lineEnd: "\r\n")
    }

    private static let parameters = [
        "",
        "[CmdletBinding(SupportsShouldProcess = $true)]",
        "param(",
        "    # The computer whose rules are made: this one, unless you name another.",
        "    [string] $ComputerName = [System.Net.Dns]::GetHostEntry('').HostName",
        ")",
        "",
        "Set-StrictMode -Version 2.0",
        "$ErrorActionPreference = 'Stop'",
        "",
        "# The computers that have rules below.",
        "$known = @(",
    ]

    private static let opening = [
        ")",
        "",
        "# A name without its domain is taken for the one computer that may be meant.",
        "$found = @($known | Where-Object { $_ -eq $ComputerName })",
        "if ($found.Count -eq 0) {",
        "    $short = $ComputerName.Split('.')[0]",
        "    $found = @($known | Where-Object {",
        "        $_.Split('.')[0] -eq $short -and (-not $_.Contains('.') -or -not $ComputerName.Contains('.'))",
        "    })",
        "}",
        "if ($found.Count -eq 0) {",
        "    throw \"This script has no rules for $ComputerName. Name one of its computers with -ComputerName.\"",
        "}",
        "if ($found.Count -gt 1) {",
        "    throw \"$ComputerName may be one of $($found -join ', '). Name the one with -ComputerName.\"",
        "}",
        "",
        "function Add-PortRule {",
        "    param([string] $Name, [string] $Direction, [string] $Protocol, [string[]] $Port)",
        "    $rule = @{ DisplayName = $Name; Group = 'ProxyDesk'; Direction = $Direction; Action = 'Allow'; Protocol = $Protocol }",
        "    if ($Protocol -eq 'ICMPv4') { $rule.IcmpType = 8 }",
        "    elseif ($Protocol -eq 'ICMPv6') { $rule.IcmpType = 128 }",
        "    elseif ($Direction -eq 'Inbound') { $rule.LocalPort = $Port }",
        "    else { $rule.RemotePort = $Port }",
        "    $made.AddRange(@(New-NetFirewallRule @rule -WhatIf:$WhatIfPreference))",
        "}",
        "",
        "# The rules of the last run. Windows gives every rule a name of its own, so that new ones may stand beside them.",
        "$old = @(Get-NetFirewallRule -Group 'ProxyDesk' -ErrorAction SilentlyContinue)",
        "$made = New-Object System.Collections.ArrayList",
        "$complete = $false",
        "try {",
        "    # A computer may stand here more than once: every part with its name is run.",
        "    switch ($found[0]) {",
    ]

    /// All of the new rules take the place of the old ones, or none does; also where the script is stopped by hand.
    private static let closing = [
        "    }",
        "    $complete = $true",
        "} finally {",
        "    if (-not $complete) { $made | Remove-NetFirewallRule -ErrorAction Continue }",
        "}",
        "$old | Remove-NetFirewallRule -WhatIf:$WhatIfPreference",
    ]

    /// The computers that get rules, and which.
    private struct Computers {
        private(set) var withRules: [(name: String, rules: [(rule: FirewallRule, isInbound: Bool)])] = []
        /// Also those that only go straight to the internet.
        private(set) var names: [String] = []
        private var places: [String: Int] = [:]

        init(_ document: NetworkDocument) {
            for rule in document.rules {
                if case .computer(let name) = rule.source { add(rule, isInbound: false, name) }
                if case .computer(let name) = rule.target, rule.service != "proxy" { add(rule, isInbound: true, name) }
            }
            names = withRules.map(\.name)
            var known = Set(names.map(\.asciiFolded))
            for connection in document.endpoints.groups.filter({ $0.way == .direct }).flatMap(\.connections) {
                if case .computer(let name) = connection.who, known.insert(name.folded).inserted {
                    names.append(name.text)
                }
            }
        }

        private mutating func add(_ rule: FirewallRule, isInbound: Bool, _ name: String) {
            let place = places[name.asciiFolded] ?? withRules.count
            if place == withRules.count {
                places[name.asciiFolded] = place
                withRules.append((name, []))
            }
            withRules[place].rules.append((rule, isInbound))
        }
    }

    private static func add(
        _ computer: (name: String, rules: [(rule: FirewallRule, isInbound: Bool)]), _ lines: inout NetworkLines
    ) throws {
        lines.add("        \(try PowerShellText.literal(computer.name)) {")
        for (rule, isInbound) in computer.rules { try add(rule, isInbound: isInbound, &lines) }
        lines.add("        }")
    }

    private static func add(_ rule: FirewallRule, isInbound: Bool, _ lines: inout NetworkLines) throws {
        let title =
            isInbound
            ? "ProxyDesk: \(rule.service) from \(rule.source.words)"
            : "ProxyDesk: \(rule.service) to \(rule.target.words)"
        let ports = try rule.ports.map { port in
            switch port {
            case .numbers(let range) where range.count == 1: "'\(range.lowerBound)'"
            case .numbers(let range): "'\(range.lowerBound)-\(range.upperBound)'"
            // Where Windows listens for RPC it knows itself; on the other side it is its usual range.
            case .dynamic: isInbound ? "'RPC'" : try PowerShellText.literal("49152-65535")
            }
        }
        let list = ports.joined(separator: ", ")
        for transport in rule.transport == .icmp ? ["ICMPv4", "ICMPv6"] : [rule.transport.title] {
            lines.add(
                "            Add-PortRule \(try PowerShellText.literal(title)) '\(isInbound ? "Inbound" : "Outbound")' '\(transport)' @(\(list))"
            )
        }
    }

    /// What goes straight to the internet: ports alone, for every host.
    private static func direct(_ document: NetworkDocument, _ lines: inout NetworkLines) throws {
        for group in document.endpoints.groups where group.way == .direct {
            for connection in group.connections {
                guard case .computer(let name) = connection.who else { continue }
                let alone = group.needs.filter { $0.reasons.contains(connection.reason) }
                let spans = Set(alone.flatMap(\.hosts).flatMap { $0.spans(through: .direct) })
                let ports = Array(spans).numbers.map {
                    $0.count == 1 ? "'\($0.lowerBound)'" : "'\($0.lowerBound)-\($0.upperBound)'"
                }
                guard !ports.isEmpty else { continue }
                lines.add("        # To every host on the internet: the list for the firewall has the names.")
                lines.add("        \(try PowerShellText.literal(name.text)) {")
                lines.add(
                    "            Add-PortRule \(try PowerShellText.literal("ProxyDesk: \(connection.reason.words)")) 'Outbound' 'TCP' @(\(ports.joined(separator: ", ")))"
                )
                lines.add("        }")
            }
        }
    }
}
