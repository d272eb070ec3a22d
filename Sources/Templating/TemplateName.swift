/// What a tag may be named. A name that Mustache or a dialect of it gives a meaning we do not have is refused with
/// that meaning, so that its author does not look for a typing error.
enum TemplateName {
    /// Why a value cannot have this name, `nil` when it can.
    static func refusal(ofValue name: String) -> String? {
        if name.hasPrefix(".") {
            return "“\(name)” is not supported: a list holds models, so name one of their values"
        }
        if name.contains("(") {
            return "“\(name)”: functions and lambdas are not supported"
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.allSatisfy(isPlain) ? nil : "“\(name)” is not a name of letters, digits, “_”, “-” and inner dots"
    }

    /// Why a block cannot have this name, `nil` when it can.
    static func refusal(ofBlock name: String) -> String? {
        isPlain(name[...]) ? nil : "“\(name)” is not a block name of letters, digits, “_” and “-”"
    }

    /// Why a template cannot be included under this name, `nil` when it can.
    static func refusal(ofTemplate name: String) -> String? {
        if name.hasPrefix("*") {
            return "“\(name)”: names of partials that change at run time are not supported"
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy(isPlain) ? nil : "“\(name)” is not the path of a template without its extension"
    }

    private static func isPlain(_ name: Substring) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
