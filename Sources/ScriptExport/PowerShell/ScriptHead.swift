/// What every script begins and ends with.
struct ScriptHead {
    let selection: ScriptSelection
    let origin: ScriptOrigin

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
        try lines.lines(Self.functions)
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

    private static let functions = #"""

        [CmdletBinding(SupportsShouldProcess = $true)]
        param()

        $ErrorActionPreference = 'Stop'
        $results = @{}

        if (-not $env:SMS_ADMIN_UI_PATH) {
            throw 'This computer has no Configuration Manager console. Run the script where the console is installed.'
        }

        # Loading the module makes the site drive, which it must do under -WhatIf too.
        $onlyShow = $WhatIfPreference
        $WhatIfPreference = $false
        Import-Module (Join-Path $env:SMS_ADMIN_UI_PATH '..\ConfigurationManager.psd1')
        $WhatIfPreference = $onlyShow

        $drive = Get-PSDrive -PSProvider CMSite | Select-Object -First 1
        if (-not $drive) {
            throw 'There is no site drive. Open the console once as this user, connect it to the top-level site, and try again.'
        }

        # Reports one step, and counts it.
        function Write-Result {
            param([string]$Result, [string]$Subject, [string]$Reason)
            $results[$Result] = 1 + $results[$Result]
            if ($Reason) { $Subject = '{0}: {1}' -f $Subject, $Reason }
            Write-Host ('[{0}] {1}' -f $Result, $Subject)
        }

        # A value of an item: numbers stand in Value, plain texts in Value1, texts that are kept in the registry in Value2.
        function Get-ItemValue {
            param($Item, [string]$Name, [string]$Slot = 'Value')
            foreach ($property in $Item.Props) {
                if ($property.PropertyName -ceq $Name) { return [string]$property.$Slot }
            }
            return ''
        }

        # A number of an item that is 0 or not, in the portal's words. What an item does not have counts as off, as in an import.
        function Get-ItemFlag {
            param($Item, [string]$Name)
            $value = Get-ItemValue $Item $Name
            if ($value -eq '' -or $value -eq '0') { return 'false' }
            return 'true'
        }

        # Whether a state has all that another one asks for. Case does not matter, nor does the order of a list.
        function Test-State {
            param([hashtable]$Now, [hashtable]$Wanted)
            foreach ($key in $Wanted.Keys) {
                $left = @($Now[$key])
                $right = @($Wanted[$key])
                if ($left.Count -ne $right.Count) { return $false }
                foreach ($value in $right) {
                    if ($left -notcontains $value) { return $false }
                }
            }
            return $true
        }

        function Format-State {
            param([hashtable]$Now, [hashtable]$Wanted)
            $parts = foreach ($key in ($Wanted.Keys | Sort-Object)) { '{0} "{1}"' -f $key, (@($Now[$key]) -join ', ') }
            return $parts -join ', '
        }

        # One step: reads what the site has, and writes only where that is known.
        function Invoke-Step {
            [CmdletBinding(SupportsShouldProcess = $true)]
            param(
                [string]$Subject, [scriptblock]$Read, [hashtable[]]$From = @(), [hashtable]$To, [switch]$NeverObserved,
                [scriptblock]$Write
            )
            try {
                $now = & $Read
                if ($null -eq $now -and $NeverObserved -and $WhatIfPreference) {
                    Write-Result 'would set' $Subject 'once the site has it'
                    return
                }
                if ($null -eq $now) { Write-Result 'skipped' $Subject 'the site does not have it'; return }
                if (Test-State $now $To) { Write-Result 'already' $Subject 'the site has what is wanted'; return }
                $isKnown = [bool]$NeverObserved
                foreach ($state in $From) { if (Test-State $now $state) { $isKnown = $true } }
                if (-not $isKnown) {
                    Write-Result 'skipped' $Subject ('it was changed at the site meanwhile; it has ' + (Format-State $now $To))
                    return
                }
                if ($PSCmdlet.ShouldProcess($Subject, 'Set')) {
                    & $Write | Out-Null
                    Write-Result 'set' $Subject
                }
                else { Write-Result 'would set' $Subject ('the site has ' + (Format-State $now $To)) }
            }
            catch { Write-Result 'failed' $Subject $_.Exception.Message }
        }

        # Makes what the site does not have yet.
        function Invoke-Creation {
            [CmdletBinding(SupportsShouldProcess = $true)]
            param([string]$Subject, [scriptblock]$Read, [scriptblock]$Write)
            try {
                if (& $Read) { Write-Result 'already' $Subject 'the site has it'; return }
                if ($PSCmdlet.ShouldProcess($Subject, 'Create')) {
                    & $Write | Out-Null
                    Write-Result 'created' $Subject
                }
                else { Write-Result 'would create' $Subject }
            }
            catch { Write-Result 'failed' $Subject $_.Exception.Message }
        }

        # Asks for an account that the site does not have, and leaves one that it has alone.
        function Confirm-Account {
            [CmdletBinding(SupportsShouldProcess = $true)]
            param([string]$Site, [string]$Name)
            $subject = 'Account {0} of site {1}' -f $Name, $Site
            try {
                if (Get-CMAccount -UserName $Name -SiteCode $Site) { Write-Result 'already' $subject 'the site has it'; return }
                if (-not $PSCmdlet.ShouldProcess($subject, 'Create')) { Write-Result 'would create' $subject; return }
                $credential = Get-Credential -UserName $Name -Message ('Configuration Manager needs ' + $Name)
                if ($null -eq $credential) { Write-Result 'skipped' $subject 'nothing was entered'; return }
                New-CMAccount -UserName $Name -Password $credential.Password -SiteCode $Site | Out-Null
                Write-Result 'created' $subject
            }
            catch { Write-Result 'failed' $subject $_.Exception.Message }
        }

        # The account as an object. None would silently mean the computer's System account, so it ends the step instead.
        function Get-ExistingAccount {
            param([string]$Site, [string]$Name)
            $account = Get-CMAccount -UserName $Name -SiteCode $Site
            if (-not $account) { throw ('site {0} has no account {1}' -f $Site, $Name) }
            return $account
        }

        function Get-GeneralState {
            param([string]$Site, [string]$Server)
            $item = Get-CMSiteSystemServer -SiteCode $Site -SiteSystemServerName $Server
            if (-not $item) { return $null }
            $account = Get-ItemValue $item 'UserName' 'Value2'
            if ((Get-ItemValue $item 'UseMachineAccount') -eq '1') { $account = '' }
            return @{
                internetFQDN = Get-ItemValue $item 'Server Remote Public Name' 'Value1'
                siteServerInitiatesConnections = Get-ItemFlag $item 'FDMOperation'
                installationAccount = $account
            }
        }

        function Get-ProxyState {
            param([string]$Site, [string]$Server)
            $item = Get-CMSiteSystemServer -SiteCode $Site -SiteSystemServerName $Server
            if (-not $item) { return $null }
            # While the proxy is off, a name and a port that are left over mean nothing. Without UseProxy nothing is known.
            $state = @{ use = ''; server = ''; port = ''; account = '' }
            if (Get-ItemValue $item 'UseProxy') { $state.use = Get-ItemFlag $item 'UseProxy' }
            if ($state.use -eq 'true') {
                $state.server = Get-ItemValue $item 'ProxyName' 'Value2'
                $state.port = Get-ItemValue $item 'ProxyServerPort'
                if (-not $state.port) { $state.port = '80' }
                if ((Get-ItemValue $item 'AnonymousProxyAccess') -ne '1') {
                    $state.account = Get-ItemValue $item 'ProxyUserName' 'Value2'
                }
            }
            return $state
        }

        function Get-UpdatePointState {
            param([string]$Site, [string]$Server)
            $item = Get-CMSoftwareUpdatePoint -SiteCode $Site -SiteSystemServerName $Server
            if (-not $item) { return $null }
            $isIntranet = (Get-ItemFlag $item 'IsIntranet') -eq 'true'
            $isInternet = (Get-ItemFlag $item 'IsINF') -eq 'true'
            $clients = 'none'
            if ($isIntranet) { $clients = 'intranet' }
            if ($isInternet) { $clients = 'internet' }
            if ($isIntranet -and $isInternet) { $clients = 'both' }
            return @{
                useProxyForSynchronization = Get-ItemFlag $item 'UseProxy'
                useProxyForADR = Get-ItemFlag $item 'UseProxyForADR'
                httpPort = Get-ItemValue $item 'WSUSIISPort'
                httpsPort = Get-ItemValue $item 'WSUSIISSSLPort'
                requireSSL = Get-ItemFlag $item 'SSLWSUS'
                clientConnections = $clients
                allowCMGTraffic = Get-ItemFlag $item 'AllowProxyTraffic'
                wsusAccount = Get-ItemValue $item 'WSUSAccessAccount' 'Value2'
            }
        }

        function Get-ConnectionPointState {
            param([string]$Site, [string]$Server)
            $item = Get-CMServiceConnectionPoint -SiteCode $Site -SiteSystemServerName $Server
            if (-not $item) { return $null }
            $modes = @{ '0' = 'online'; '1' = 'offline' }
            return @{ mode = [string]$modes[(Get-ItemValue $item 'OfflineMode')] }
        }

        # Turns both proxy options of a server's software update point off: they are there only while the server has a proxy.
        function Clear-ProxyOption {
            param([string]$Site, [string]$Server)
            $state = Get-UpdatePointState $Site $Server
            if ($null -eq $state) { return }
            if ($state.useProxyForSynchronization -ne 'true' -and $state.useProxyForADR -ne 'true') { return }
            $values = @{
                SiteSystemServerName = $Server
                SiteCode = $Site
                UseProxy = $false
                UseProxyForAutoDeploymentRule = $false
            }
            Set-CMSoftwareUpdatePoint @values
        }

        # Ends a step that turns a proxy option on where the server has no proxy.
        function Assert-Proxy {
            param([string]$Site, [string]$Server)
            $state = Get-ProxyState $Site $Server
            if ($null -eq $state -or $state.use -ne 'true') { throw 'the server has no proxy at the site, so its options cannot be on' }
        }

        $before = Get-Location
        try {
            # The cmdlets only work while the site drive is the current location.
            Set-Location ($drive.Name + ':\')
        """#

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

    /// Only scripts with a component step need them.
    static let componentFunctions = #"""
            function Get-Word {
                param([string]$Number, [string[]]$Words)
                $index = 0
                if ([int]::TryParse($Number, [ref]$index) -and $index -ge 0 -and $index -lt $Words.Count) { return $Words[$index] }
                return ''
            }

            function Get-Minutes {
                param([string]$Seconds)
                $number = 0
                if ([int]::TryParse($Seconds, [ref]$number)) { return [string][math]::Floor($number / 60) }
                return ''
            }

            function Get-ComponentState {
                param([string]$Site)
                $settings = Get-CMSoftwareUpdatePointComponent -SiteCode $Site
                if (-not $settings) { return $null }
                $timing = Get-CMSoftwareUpdatePointComponent -SiteCode $Site -WsusSyncManager
                $subscribed = @(Get-CMSoftwareUpdateCategory -Fast | Where-Object { $_.IsSubscribed })
                $source = Get-Word (Get-ItemValue $settings 'DefaultUseParentWSUS') @('microsoftUpdate', 'upstream', 'none')
                $feature = Get-Word (Get-ItemValue $settings 'Sync Supersedence Mode For Feature') @('immediately', 'wait')
                $other = Get-Word (Get-ItemValue $settings 'Sync Supersedence Mode For NonFeature') @('immediately', 'wait')
                $thirdParty = Get-Word (Get-ItemValue $timing 'EnableThirdPartyUpdates') @('off', 'manual', 'automatic')
                $state = @{
                    synchronizationSource = $source
                    upstreamServer = ''
                    upstreamPort = ''
                    upstreamSSL = ''
                    defaultServer = Get-ItemValue $settings 'DefaultWSUS' 'Value2'
                    reportingEvents = Get-Word (Get-ItemValue $settings 'ClientReportingLevel') @('none', 'status', 'all')
                    synchronizeOnSchedule = if (Get-ItemValue $timing 'Sync Schedule' 'Value1') { 'true' } else { 'false' }
                    schedule = Get-ItemValue $timing 'Sync Schedule' 'Value1'
                    featureUpdateSupersedence = $feature
                    featureUpdateWaitMonths = ''
                    nonFeatureUpdateSupersedence = $other
                    nonFeatureUpdateWaitMonths = ''
                    wsusCleanup = Get-ItemFlag $settings 'Call WSUS Cleanup'
                    featureUpdateMaximumRunTime = Get-Minutes (Get-ItemValue $timing 'MaxInstallTime-ServicePack')
                    nonFeatureUpdateMaximumRunTime = Get-Minutes (Get-ItemValue $timing 'MaxInstallTime-Windows')
                    expressFiles = Get-ItemFlag $timing 'Sync ExpressFiles'
                    thirdPartyUpdates = $thirdParty
                    fileLanguages = @((Get-ItemValue $settings 'SupportedUpdateLanguages' 'Value2') -split '[, ]+' | Where-Object { $_ })
                    summaryLanguages = @((Get-ItemValue $settings 'SupportedTitleLanguages' 'Value2') -split '[, ]+' | Where-Object { $_ })
                    classifications = @($subscribed | Where-Object { $_.CategoryTypeName -eq 'UpdateClassification' } | ForEach-Object { $_.LocalizedCategoryInstanceName })
                    products = @($subscribed | Where-Object { $_.CategoryTypeName -eq 'Product' } | ForEach-Object { $_.LocalizedCategoryInstanceName })
                }
                if ($source -eq 'upstream') {
                    $state.upstreamServer = Get-ItemValue $settings 'ParentWSUS' 'Value2'
                    $state.upstreamPort = Get-ItemValue $settings 'ParentWSUSPort'
                    $state.upstreamSSL = Get-ItemFlag $settings 'SSLToParentWSUS'
                }
                if ($feature -eq 'wait') { $state.featureUpdateWaitMonths = Get-ItemValue $settings 'Sync Supersedence Age For Feature' }
                if ($other -eq 'wait') { $state.nonFeatureUpdateWaitMonths = Get-ItemValue $settings 'Sync Supersedence Age For NonFeature' }
                return $state
            }
        """#
}
