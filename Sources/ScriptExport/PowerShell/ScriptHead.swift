/// What every script begins and ends with.
struct ScriptHead {
    let selection: ScriptSelection
    let origin: ScriptOrigin
    let hasComponents: Bool

    func write(_ lines: inout ScriptLines) throws {
        try lines.comment(purpose)
        try lines.line("#")
        try lines.comment("Made by ProxyDesk at \(origin.time) from the portal’s state after \(origin.state).")
        try lines.lines(
            """
            #
            # Run it first with -WhatIf, which reads everything and writes nothing:
            #
            """)
        try lines.comment("  .\\\(selection.fileName) -WhatIf")
        try lines.comment("  .\\\(selection.fileName)")
        try lines.lines(Self.explanation)
        try lines.line(
            selection.includesNeverObserved
                ? "# Settings that no export has shown are written too, whatever the site has now: that was asked for."
                : "# Settings that no export has shown are marked “Never observed” and not written.")
        try lines.lines(ScriptFunctions.all)
        try lines.lines(ScriptFunctions.reading)
        if hasComponents { try lines.lines(ScriptFunctions.component) }
        try lines.lines(Self.opening)
    }

    private var purpose: String {
        switch (selection.scope, selection.takesBack) {
        case (.changeSet, false): "Brings the site to what \(selection.words) set down in ProxyDesk."
        case (.changeSet, true): "Takes the site back to what ProxyDesk held before \(selection.words)."
        case (_, false): "Brings \(selection.words) to what ProxyDesk intends."
        case (_, true): "Takes \(selection.words) back to what its last export showed."
        }
    }

    private static let explanation = """
        #
        # Before each step it reads what the site has. Where that is neither what an export showed nor what is to be written,
        # somebody has changed it there meanwhile: the step is left out and reported. It removes no server and no role. It
        # holds no password: an account that the site lacks is asked for.
        #
        # Windows PowerShell 5.1, on a computer with the Configuration Manager console, as somebody who may change site systems.
        """

    private static let opening = #"""

        $before = Get-Location
        try {
            # The cmdlets only work while the site drive is the current location.
            Set-Location ($drive.Name + ':\')
        """#

    /// The last line before the steps.
    static let lastLine = "    Set-Location ($drive.Name + ':\\')\n"

    static let end = """
        }
        finally {
            Set-Location $before
        }

        Write-Host ''
        foreach ($result in ($results.Keys | Sort-Object)) { Write-Host ('{0}: {1}' -f $result, $results[$result]) }
        if ($results['skipped'] -or $results['failed']) {
            Write-Warning 'Some steps were left out. Read the lines marked skipped and failed, export the site again, and import that.'
        }
        """
}
