import Domain

extension ScriptFunctions {
    /// Only scripts with a component step need them.
    static let component = #"""

        # What the portal calls the classifications, by the identifier that is the same in every language of a site.
        $classificationNames = @{
        \#(classificationNames)
        }
        # What the site calls them, by the portal's names: filled when a site is read.
        $siteNames = @{}

        # The names that cmdlets take for the languages of updates.
        $languageNames = @{
        \#(languageNames)
        }

        # The classifications as the site calls them.
        function Get-SiteName {
            param([string[]]$Names)
            foreach ($name in $Names) { if ($siteNames[$name]) { $siteNames[$name] } else { $name } }
        }

        function Get-LanguageName {
            param([string[]]$Cultures)
            foreach ($culture in $Cultures) {
                if ($languageNames[$culture]) { $languageNames[$culture] }
                else { Write-Result 'skipped' ('Language ' + $culture) 'no name is known for it; set it in the console' }
            }
        }

        # Turns a whole list into what the cmdlet takes: what to add, and what to take away.
        function Add-ListChange {
            param([hashtable]$Values, [string]$Name, [string[]]$Now, [string[]]$Wanted)
            $lists = @{
                Add = @($Wanted | Where-Object { $_ -and $Now -notcontains $_ })
                Remove = @($Now | Where-Object { $_ -and $Wanted -notcontains $_ })
            }
            foreach ($key in 'Add', 'Remove') {
                $names = @($lists[$key])
                if ($Name -eq 'UpdateClassification') { $names = @(Get-SiteName $names) }
                if ($Name -like 'Language*') { $names = @(Get-LanguageName $names) }
                if ($names.Count) { $Values[$key + $Name] = $names }
            }
        }

        # The meaning of a number; numbers beyond the words have the last argument's, as in an import.
        function Get-Word {
            param([string]$Number, [string[]]$Words, [string]$Other = '')
            $index = [long]0
            if (-not [long]::TryParse($Number, [ref]$index) -or $index -lt 0) { return '' }
            if ($index -lt $Words.Count) { return $Words[$index] }
            return $Other
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
            $categories = @(Get-CMSoftwareUpdateCategory -Fast)
            $products = @($categories | Where-Object { $_.CategoryTypeName -eq 'Product' -and $_.IsSubscribed } | ForEach-Object { $_.LocalizedCategoryInstanceName })
            $classifications = @(foreach ($category in $categories) {
                if ($category.CategoryTypeName -ne 'UpdateClassification') { continue }
                # The site names them in its own language; the portal has the English names.
                $name = $classificationNames[@([string]$category.CategoryInstance_UniqueID -split ':')[-1]]
                if (-not $name) { $name = $category.LocalizedCategoryInstanceName }
                $siteNames[$name] = $category.LocalizedCategoryInstanceName
                if ($category.IsSubscribed) { $name }
            })
            $source = Get-Word (Get-ItemValue $settings 'DefaultUseParentWSUS') @('microsoftUpdate', 'upstream', 'none')
            $feature = Get-Word (Get-ItemValue $settings 'Sync Supersedence Mode For Feature') @('immediately', 'wait')
            $other = Get-Word (Get-ItemValue $settings 'Sync Supersedence Mode For NonFeature') @('immediately', 'wait')
            $thirdParty = Get-Word (Get-ItemValue $timing 'EnableThirdPartyUpdates') @('off', 'manual') 'automatic'
            $state = @{
                synchronizationSource = $source
                upstreamServer = ''
                upstreamPort = ''
                upstreamSSL = ''
                defaultServer = Get-ItemValue $settings 'DefaultWSUS' 'Value2'
                reportingEvents = Get-Word (Get-ItemValue $settings 'ClientReportingLevel') @('none', 'status', 'all')
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
                classifications = $classifications
                products = $products
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

        # A schedule in its parts but for the start; the token itself where the parts cannot be read.
        function Get-ScheduleWithoutStart {
            param([string]$Token)
            if (-not $Token) { return '' }
            $names = 'DaySpan', 'HourSpan', 'MinuteSpan', 'Day', 'ForNumberOfWeeks', 'ForNumberOfMonths', 'WeekOrder', 'MonthDay'
            $parts = foreach ($schedule in @(Convert-CMSchedule -ScheduleString $Token)) {
                foreach ($name in $names) { if ([string]$schedule.$name) { '{0}={1}' -f $name, $schedule.$name } }
            }
            if ($parts) { return @($parts) -join ' ' }
            return $Token
        }

        function Get-ScheduleState {
            param([string]$Site)
            $timing = Get-CMSoftwareUpdatePointComponent -SiteCode $Site -WsusSyncManager
            if (-not $timing) { return $null }
            $token = Get-ItemValue $timing 'Sync Schedule' 'Value1'
            return @{
                synchronizeOnSchedule = if ($token) { 'true' } else { 'false' }
                schedule = $token
                scheduleWithoutStart = Get-ScheduleWithoutStart $token
            }
        }
        """#

    private static let classificationNames = UpdateClassification.known.compactMap { known in
        known.id.map { "    '\($0)' = '\(known.name)'" }
    }.joined(separator: "\n")

    private static let languageNames = UpdateLanguage.cultures.compactMap { culture in
        UpdateLanguage.name(of: culture).map { "    '\(culture)' = '\($0)'" }
    }.joined(separator: "\n")
}
