# Reads what a site says about its site systems straight from the SMS Provider, and writes it to one XML file.
#
# It changes nothing: every command in it only reads. No password is read; the provider hands none out.
# It needs no console and no module: Windows PowerShell 5.1 is enough. Run it as somebody who may read the site
# (the security role Read-only Analyst is enough), against the top-level site to see the whole hierarchy.
#
#   .\export-with-cim.ps1 -SiteCode PS1
#   .\export-with-cim.ps1 -SiteCode PS1 -ProviderComputer cm-ps1.corp.contoso.com -OutputFile D:\Export\site.xml

param(
    # The code of the site whose provider is asked.
    [Parameter(Mandatory = $true)]
    [ValidatePattern('^[A-Za-z0-9]{3}$')]
    [string]$SiteCode,

    # The computer that runs the SMS Provider; leave it out on that computer itself.
    [string]$ProviderComputer,

    # An absolute path, so that there is no doubt about where the file goes.
    [string]$OutputFile = (Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'configuration-manager.xml')
)

# Half an export looks like a whole one: better none than half.
$ErrorActionPreference = 'Stop'

if (-not [System.IO.Path]::IsPathRooted($OutputFile)) {
    throw "Give -OutputFile as an absolute path, such as D:\Export\site.xml. This one is $OutputFile."
}

# Without a computer name the question stays on this computer; with one it goes through WinRM.
$provider = @{ Namespace = "root\sms\site_$SiteCode" }
if ($ProviderComputer) { $provider.ComputerName = $ProviderComputer }

$objects = @(
    # The sites: code, name, type, parent, site server, version.
    Get-CimInstance @provider -ClassName SMS_Site

    # One object for each role on each server; the role "SMS Site System" holds the proxy.
    Get-CimInstance @provider -ClassName SMS_SCI_SysResUse

    # The components of the software update point. The filter leaves out the many others, which nobody needs here.
    Get-CimInstance @provider -ClassName SMS_SCI_Component -Filter "ComponentName='SMS_WSUS_CONFIGURATION_MANAGER' OR ComponentName='SMS_WSUS_SYNC_MANAGER'"
)

# With a depth of 1 the proxy's values could be written as bare text and lost.
$objects | Export-Clixml -LiteralPath $OutputFile -Depth 3

Write-Host "Wrote $($objects.Count) objects to $OutputFile"
