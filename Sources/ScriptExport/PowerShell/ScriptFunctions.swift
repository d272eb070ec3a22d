/// The functions of every script: what it takes, how a step is taken, and how accounts are asked for.
enum ScriptFunctions {
    static let all = #"""

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
        """#
}
