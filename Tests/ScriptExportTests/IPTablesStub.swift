import Foundation
import Testing

/// Stands for iptables and ip6tables in a script: keeps chains and rules, and writes down what it is asked.
struct IPTablesStub {
    /// The lines of `iptables -S` before the script, the jumps of a chain in their order.
    var before: [String] = []
    var before6: [String] = []
    /// Patterns of the shell: commands that fail as with a held lock.
    var refused: [String] = []

    struct Run {
        /// In the order in which they were given, without `-w 10`.
        let commands: [String]
        let table: [String]
        let table6: [String]
        let status: Int32
    }

    func run(_ script: String) throws -> Run {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        input.fileHandleForWriting.write(Data((text + script).utf8))
        try input.fileHandleForWriting.close()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let lines = String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
        let parts = lines.split(separator: "==", omittingEmptySubsequences: false).map(Array.init)
        try #require(parts.count == 3)
        return Run(
            commands: parts[0], table: parts[1], table6: parts[2], status: process.terminationStatus)
    }

    private var text: String {
        let refusals = refused.map { "\($0)) return 4 ;;\n" }.joined()
        return """
            exec 3>&1
            table_iptables='\(before.joined(separator: "\n"))'
            table_ip6tables='\(before6.joined(separator: "\n"))'
            trap 'printf "==\\n%s\\n==\\n%s\\n" "$table_iptables" "$table_ip6tables" >&3' EXIT
            iptables() { stub_answer iptables "$@"; }
            ip6tables() { stub_answer ip6tables "$@"; }
            stub_answer() {
                stub=$1
                if [ "$2 $3" != "-w 10" ]; then echo "does not wait: $*" >&3; return 9; fi
                shift 3
                echo "$stub $*" >&3
                case "$stub $*" in
                \(refusals)esac
                eval "stub_table=\\$table_$stub"
                stub_status=0
                stub_edited=$(printf '%s\\n' "$stub_table" | awk -v line="$*" "$stub_awk") || stub_status=$?
                case $1 in
                -S) if [ "$stub_status" = 0 ]; then printf '%s\\n' "$stub_edited"; fi ;;
                *) if [ "$stub_status" = 0 ]; then eval "table_$stub=\\$stub_edited"; fi ;;
                esac
                return "$stub_status"
            }
            stub_awk='
            BEGIN { split(line, word, " "); verb = word[1]; chain = word[2]; rest = substr(line, 4) }
            $0 == "" { next }
            { all[++count] = $0; mine = index($0 " ", "-A " chain " ") == 1; if (mine) rules++ }
            $0 == "-N " chain { there = 1 }
            $0 ~ (" -j " chain "$") { used = 1 }
            chain == "FORWARD" { there = 1 }
            verb == "-D" && mine && (rules == word[3] || $0 == "-A " rest) && !gone { gone = count }
            END {
                if (verb == "-N" ? there : !there) exit 1
                if (verb == "-D" && !gone || verb == "-X" && (used || rules)) exit 1
                if (verb == "-I") print "-A " rest
                for (i = 1; i <= count; i++) {
                    mine = index(all[i] " ", "-A " chain " ") == 1
                    if (verb == "-S" && !mine && all[i] != "-N " chain) continue
                    if (verb == "-D" && i == gone || verb == "-F" && mine) continue
                    if (verb == "-X" && all[i] == "-N " chain) continue
                    print all[i]
                }
                if (verb == "-A" || verb == "-N") print line
            }'

            """
    }
}
