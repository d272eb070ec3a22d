/// A release of Configuration Manager current branch and the build that sites of it report.
///
/// Source: Microsoft Learn, "Updates and servicing for Configuration Manager", tables of supported versions from 2020 to
/// 2026; `content/reference/versions.yaml` is held equal at start.
public struct ProductRelease: Sendable, Equatable {
    /// As the product is called: `2603`.
    public let name: String
    /// The third part of a site's version: 9146 of `5.00.9146.1000`.
    public let build: Int

    private init(_ name: String, _ build: Int) {
        self.name = name
        self.build = build
    }

    static let r2002 = ProductRelease("2002", 8968)
    static let r2409 = ProductRelease("2409", 9132)
    static let r2603 = ProductRelease("2603", 9146)

    /// Oldest first.
    public static let known: [ProductRelease] = [
        ProductRelease("1710", 8577), ProductRelease("1802", 8634), ProductRelease("1806", 8692),
        ProductRelease("1810", 8740), ProductRelease("1902", 8790), ProductRelease("1906", 8853),
        ProductRelease("1910", 8913), r2002, ProductRelease("2006", 9012), ProductRelease("2010", 9040),
        ProductRelease("2103", 9049), ProductRelease("2107", 9058), ProductRelease("2111", 9068),
        ProductRelease("2203", 9078), ProductRelease("2207", 9088), ProductRelease("2211", 9096),
        ProductRelease("2303", 9106), ProductRelease("2309", 9122), ProductRelease("2403", 9128), r2409,
        ProductRelease("2503", 9135), ProductRelease("2509", 9141), r2603,
    ]
}

/// What a site's version says about the releases whose facts are known.
public enum ReleaseStanding: Sendable, Equatable {
    case notTold
    /// The text is no version, or of a product line older than the facts go.
    case notKnown
    case build(Int)
    /// Newer than the newest release whose facts are known.
    case newer

    /// - Parameter version: as a site reports it, such as `5.00.9146.1000`.
    public init(version: String?) {
        guard let version, !version.isBlank else {
            self = .notTold
            return
        }
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, Int(parts[0]) == 5, Int(parts[1]) == 0, let build = Int(parts[2]),
            let oldest = ProductRelease.known.first, let newest = ProductRelease.known.last, build >= oldest.build
        else {
            self = .notKnown
            return
        }
        self = build > newest.build ? .newer : .build(build)
    }
}
