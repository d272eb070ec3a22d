/// The languages a software update point component takes, by the culture name that the site stores.
///
/// Cmdlets and ConfigMgrCBDsc take the English names. Source: the closed list of ConfigMgrCBDsc's resource
/// CMSoftwareUpdatePointComponent (2023), whose names are those of Windows' cultures. A culture that is not in the list has no name
/// here: scripts leave it to the console.
public enum UpdateLanguage {
    private static let names: [String: String] = [
        "ar": "Arabic", "bg": "Bulgarian", "zh-cn": "Chinese (Simplified, PRC)",
        "zh-hk": "Chinese (Traditional, Hong Kong S.A.R.)", "zh-tw": "Chinese (Traditional, Taiwan)", "hr": "Croatian",
        "cs": "Czech", "da": "Danish", "nl": "Dutch", "en": "English", "et": "Estonian", "fi": "Finnish",
        "fr": "French", "de": "German", "el": "Greek", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
        "it": "Italian", "ja": "Japanese", "ko": "Korean", "lv": "Latvian", "lt": "Lithuanian", "no": "Norwegian",
        "pl": "Polish", "pt": "Portuguese", "pt-br": "Portuguese (Brazil)", "ro": "Romanian", "ru": "Russian",
        "sr": "Serbian", "sk": "Slovak", "sl": "Slovenian", "es": "Spanish", "sv": "Swedish", "th": "Thai",
        "tr": "Turkish", "uk": "Ukrainian",
    ]

    /// All culture names of the list, folded.
    public static var cultures: [String] { names.keys.sorted() }

    /// Nil for a culture the list does not have. The English name itself is taken too.
    public static func name(of culture: String) -> String? {
        let folded = culture.asciiFolded
        return names[folded] ?? (culture.isEmpty ? nil : names.values.first { $0.asciiFolded == folded })
    }
}

extension SoftwareUpdatePointComponent {
    /// The languages that the product is not known to have.
    var languageDoubts: [(field: FieldKey, problem: Problem)] {
        let lists: [(FieldKey, [DisplayText]?)] = [
            (.supcFileLanguages, fileLanguages), (.supcSummaryLanguages, summaryLanguages),
        ]
        return lists.flatMap { field, languages in
            (languages ?? []).filter { UpdateLanguage.name(of: $0.text) == nil }.map { language in
                (
                    field,
                    Problem(
                        .componentLanguageUnknown,
                        "\(language.text.quoted) is no language of software updates the portal knows. Write a culture name on each line, such as en, de or zh-CN."
                    )
                )
            }
        }
    }
}
