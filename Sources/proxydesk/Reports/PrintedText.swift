extension String {
    /// A line for a terminal, with nothing in it that a terminal would obey: names out of files can hold anything.
    var printed: String {
        guard unicodeScalars.contains(where: \.isHidden) else { return self }
        return unicodeScalars.map { scalar in
            scalar.isHidden ? "U+" + String(scalar.value, radix: 16, uppercase: true) : String(scalar)
        }.joined()
    }
}

extension Unicode.Scalar {
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
