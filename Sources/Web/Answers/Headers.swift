import HTTPTypes

extension HTTPField.Name {
    static let host = Self("Host")!
    static let requestID = Self("X-Request-Id")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let openerPolicy = Self("Cross-Origin-Opener-Policy")!
    static let resourcePolicy = Self("Cross-Origin-Resource-Policy")!
    static let fetchSite = Self("Sec-Fetch-Site")!
}

extension HTTPFields {
    /// What stands in every answer, made once.
    private static let safe: HTTPFields = [
        .contentSecurityPolicy:
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
        // Not `no-referrer`: with it, browsers send `Origin: null` with our own forms.
        .referrerPolicy: "same-origin",
        .openerPolicy: "same-origin",
        .resourcePolicy: "same-origin",
    ]

    /// Of a page: it shows stored data, so nobody keeps a copy.
    static let page = safe.with([.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"])
    /// Of a page of the manual: it shows no stored data, so copies are kept and asked about each time; it may use our own
    /// scripts.
    static let manualPage: HTTPFields = {
        var fields = safe.with([.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"])
        fields[.contentSecurityPolicy] = fields[.contentSecurityPolicy].map { $0 + "; script-src 'self'" }
        return fields
    }()
    static let plain = safe.with([.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"])

    /// Of a file to be saved.
    ///
    /// - Parameter fileName: ASCII without quotes: names of files the portal hands out are its own.
    static func download(_ contentType: String, fileName: String) -> HTTPFields {
        safe.with([
            .contentType: contentType, .cacheControl: "no-store",
            .contentDisposition: "attachment; filename=\"\(fileName)\"",
        ])
    }

    /// Of an asset.
    static func asset(_ contentType: String, cacheControl: String) -> HTTPFields {
        safe.with([.contentType: contentType, .cacheControl: cacheControl])
    }

    private func with(_ more: HTTPFields) -> HTTPFields {
        var fields = self
        fields.append(contentsOf: more)
        return fields
    }
}
