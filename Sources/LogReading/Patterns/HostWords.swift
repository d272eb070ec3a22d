/// The words of a text that may be names of computers, one after the other.
struct HostWords {
    let bytes: UnsafeRawBufferPointer
    let text: Range<Int>
    private var index: Int

    init(bytes: UnsafeRawBufferPointer, text: Range<Int>) {
        self.bytes = bytes
        self.text = text
        index = text.lowerBound
    }

    enum Word {
        /// `CM01.contoso.com`, or an IPv4 address with a port.
        case host(String)
        /// `CM01`: a name only where somebody has a computer of that name.
        case short(String)
        /// `PS1`, where the text says that it is the code of a site.
        case site(String)
    }

    mutating func next() -> Word? {
        while index < text.upperBound {
            let start = index
            var end = start
            while end < text.upperBound, Self.isName(bytes[end]) { end += 1 }
            index = end + 1
            if end - start >= 2, let word = word(start..<end) { return word }
        }
        return nil
    }

    private func word(_ range: Range<Int>) -> Word? {
        if let code = siteCode(range) { return .site(code) }
        if let name = Self.hostName(bytes[range]) { return .host(name) }
        if isAddressWithPort(range) { return .host(string(range)) }
        return isShortName(range) ? .short(string(range)) : nil
    }

    /// The code in `root\sms\site_PS1`, in the share `\\CM01\SMS_PS1` and in `MSWNET:["SMS_SITE=PS1"]`: nowhere else three
    /// letters are known to be one.
    ///
    /// Source: the item names and namespaces of SMS_SCI_SysResUse, Microsoft Learn.
    private func siteCode(_ range: Range<Int>) -> String? {
        // Most words are none of these, and cost no more than this.
        guard range.count == 7 || range.count == 8, bytes[range.lowerBound].asciiLowercased == UInt8(ascii: "s") else {
            return nil
        }
        let name = string(range).lowercased()
        let isInPath = range.lowerBound > text.lowerBound && bytes[range.lowerBound - 1] == UInt8(ascii: "\\")
        let code: Range<Int>
        if isInPath, name.utf8.count == 8, name.hasPrefix("site_") {
            code = range.lowerBound + 5..<range.upperBound
        } else if isInPath, name.utf8.count == 7, name.hasPrefix("sms_"), name != "sms_ccm" {
            code = range.lowerBound + 4..<range.upperBound
        } else if name == "sms_site", range.upperBound + 4 <= text.upperBound,
            bytes[range.upperBound] == UInt8(ascii: "=")
        {
            code = range.upperBound + 1..<range.upperBound + 4
        } else {
            return nil
        }
        let isEnded = code.upperBound == text.upperBound || !bytes[code.upperBound].isWord
        guard isEnded, bytes[code].allSatisfy({ $0.isDigit || $0.isLetter }) else { return nil }
        return string(code).uppercased()
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private static func isName(_ byte: UInt8) -> Bool {
        byte.isWord || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    /// Behind two backslashes any word is a name; elsewhere it has letters and a digit or a hyphen, as names of servers have.
    /// NetBIOS names have no more than 15 characters.
    private func isShortName(_ range: Range<Int>) -> Bool {
        let name = bytes[range]
        guard name.count <= 15, name.contains(where: \.isLetter), !name.contains(UInt8(ascii: ".")) else {
            return false
        }
        if isShare(range) { return true }
        return name.count >= 3 && name.contains { $0.isDigit || $0 == UInt8(ascii: "-") }
    }

    private func isShare(_ range: Range<Int>) -> Bool {
        let backslash = UInt8(ascii: "\\")
        let start = range.lowerBound
        return start - 2 >= text.lowerBound && bytes[start - 1] == backslash && bytes[start - 2] == backslash
            && range.upperBound < text.upperBound && bytes[range.upperBound] == backslash
    }

    /// `10.0.0.5` with a port behind it; without one it may be a version.
    private func isAddressWithPort(_ range: Range<Int>) -> Bool {
        guard range.upperBound + 1 < text.upperBound, bytes[range.upperBound] == UInt8(ascii: ":"),
            bytes[range.upperBound + 1].isDigit
        else { return false }
        let parts = bytes[range].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { $0.count <= 3 && UInt8(String(decoding: $0, as: UTF8.self)) != nil }
    }

    /// What ends a file's name, not a computer's.
    private static let fileEndings: Set<String> = [
        "cpp", "exe", "dll", "log", "cab", "xml", "asmx", "html", "ini", "msi", "msu", "txt", "net", "aspx", "svc",
    ]

    private static func hostName(_ bytes: Slice<UnsafeRawBufferPointer>) -> String? {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: true)
        guard labels.count >= 3 || (labels.count == 2 && labels[1].count >= 3), let last = labels.last else {
            return nil
        }
        guard last.count >= 2, last.allSatisfy(\.isLetter), labels.allSatisfy({ $0.count <= 63 }) else { return nil }
        // Capitals amid small letters are a class of .NET, such as System.Net.Sockets.SocketException.
        guard last.allSatisfy({ $0 & 0x20 == 0 }) || last.allSatisfy({ $0 & 0x20 != 0 }) else { return nil }
        let ending = String(decoding: last.map(\.asciiLowercased), as: UTF8.self)
        if fileEndings.contains(ending) && !(ending == "net" && labels.count >= 3) { return nil }
        return labels.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
    }
}
