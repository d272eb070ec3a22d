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

    /// Only scripts with a component step need them.
    static let component = #"""

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
