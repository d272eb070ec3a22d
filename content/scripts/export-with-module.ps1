# Reads what every site of the hierarchy says about its site systems, and writes it to one XML file.
#
# It changes nothing: every command in it only reads. No password is read; Configuration Manager hands none out.
# Run it in Windows PowerShell 5.1 on a computer with the Configuration Manager console, as somebody who may read
# the whole hierarchy (the security role Read-only Analyst is enough).
#
#   .\export-with-module.ps1
#   .\export-with-module.ps1 -OutputFile D:\Export\site.xml

param(
    # An absolute path: on the site drive below, a relative one would mean something else.
    [string]$OutputFile = (Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'configuration-manager.xml')
)

# Half an export looks like a whole one: better none than half.
$ErrorActionPreference = 'Stop'

if (-not [System.IO.Path]::IsPathRooted($OutputFile)) {
    throw "Give -OutputFile as an absolute path, such as D:\Export\site.xml. This one is $OutputFile."
}
if (-not $env:SMS_ADMIN_UI_PATH) {
    throw 'This computer has no Configuration Manager console. Run the script where the console is installed.'
}

# The module comes with the console. The variable names the folder bin\i386, and the module stands one above it.
Import-Module (Join-Path $env:SMS_ADMIN_UI_PATH '..\ConfigurationManager.psd1')

# Loading the module makes a drive named after the site the console is connected to.
$drive = Get-PSDrive -PSProvider CMSite | Select-Object -First 1
if (-not $drive) {
    throw 'There is no site drive. Open the console once as this user, connect it to the top-level site, and try again.'
}

$before = Get-Location
try {
    # The cmdlets only work while the site drive is the current location.
    Set-Location "$($drive.Name):\"

    $objects = @(
        Get-CMSite | ForEach-Object {
            $site = $_
            $site

            # One object for each role on each server; the role "SMS Site System" holds the proxy.
            Get-CMSiteRole -SiteCode $site.SiteCode

            # The software update point component, and its synchronization. Not every site has them.
            Get-CMSoftwareUpdatePointComponent -SiteCode $site.SiteCode -ErrorAction Continue
            Get-CMSoftwareUpdatePointComponent -SiteCode $site.SiteCode -WsusSyncManager -ErrorAction Continue
        }

        # Products and classifications, once for the hierarchy.
        Get-CMSoftwareUpdateCategory
    )
}
finally {
    # Back to where the shell stood: on the site drive a path such as \\server\share would not be a file.
    Set-Location $before
}

# With a depth of 1 the proxy's values would be written as bare text and lost.
$objects | Export-Clixml -LiteralPath $OutputFile -Depth 3

Write-Host "Wrote $($objects.Count) objects to $OutputFile"
