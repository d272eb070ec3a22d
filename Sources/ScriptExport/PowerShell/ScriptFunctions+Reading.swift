extension ScriptFunctions {
    /// They read what the site has, in the words of the portal.
    static let reading = #"""

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
        """#
}
