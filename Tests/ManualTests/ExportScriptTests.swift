import Foundation
import Testing

@testable import Manual

/// What the portal hands out to be run at a site must only read there.
@Suite struct ExportScriptTests {
    let scripts: [ExportScript]

    init() throws { scripts = try shippedManual.get().exportScripts }

    /// Reads, formats, moves the shell's own location, or writes the one file that was asked for.
    private static let reading: Set<String> = [
        "Import-Module", "Get-PSDrive", "Get-Location", "Set-Location", "Get-CMSite", "Get-CMSiteRole",
        "Get-CMSoftwareUpdatePointComponent", "Get-CMSoftwareUpdateCategory", "Get-CimInstance", "ForEach-Object",
        "Select-Object", "Join-Path", "Export-Clixml", "Write-Host",
    ]

    @Test func bothAreThereWithTheirFileNames() {
        #expect(scripts.map(\.id) == ["with-module", "with-cim"])
        #expect(scripts.map(\.fileName) == ["export-with-module.ps1", "export-with-cim.ps1"])
    }

    @Test func noCommandButReadingOnes() {
        for script in scripts {
            let commands = code(of: script).matches(of: /\b[A-Z][A-Za-z]*-[A-Z][A-Za-z]*/).map { String($0.output) }
            #expect(commands.contains("Export-Clixml"))
            #expect(Set(commands).subtracting(Self.reading).isEmpty)
        }
    }

    @Test(arguments: [
        #"\.(Put|Delete|Create|Invoke\w*|Write\w*)\s*\("#, #"(^|\s)(&|iex|icm|del|rm|ni|sc|sp|ri)\s"#, ">", #"\[wmi"#,
    ])
    func noOtherWayToWriteOrToRunSomething(_ way: String) throws {
        let way = try Regex(way).ignoresCase()
        for script in scripts { #expect(code(of: script).firstMatch(of: way) == nil) }
    }

    @Test func eachWritesWithEnoughDepthToAnAbsolutePath() {
        for script in scripts {
            #expect(script.text.contains("Export-Clixml -LiteralPath $OutputFile -Depth 3"))
            #expect(script.text.contains("IsPathRooted($OutputFile)"))
        }
    }

    @Test func eachIsExplainedAndShownInTheManual() throws {
        let manual = try shippedManual.get()
        for script in scripts {
            let page = try #require(manual.page(at: "/manual/how-to/export-\(script.id)"))
            #expect(page.body.html.hasPrefix(script.explanation.html))
            #expect(page.body.html.contains("Export-Clixml -LiteralPath $OutputFile -Depth 3"))
            #expect(script.explanation.html.contains("Export-Clixml"))
        }
    }

    /// The script without its comments and the texts in quotation marks.
    private func code(of script: ExportScript) -> String {
        script.text.split(separator: "\n").map { line in
            line.replacing(/'[^']*'|"[^"]*"/, with: "''").replacing(/#.*/, with: "")
        }.joined(separator: "\n")
    }
}
