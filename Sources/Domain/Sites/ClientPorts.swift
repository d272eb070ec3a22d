/// The ports on which a site's clients speak to its site systems, and whether those use a website of their own. All of it is set
/// for a primary site as a whole and holds for its secondary sites; no export tells it, so it is entered here.
///
/// Source: Microsoft Learn, "How to configure client communication ports", "Websites for site system servers in Configuration
/// Manager" and "Ports used in Configuration Manager".
public struct ClientPorts: FieldGroup {
    /// Requests over HTTP; nil where nobody told, and then the product's default is 80.
    public let http: Int?
    /// Requests over HTTPS; nil where nobody told, and then the product's default is 443.
    public let https: Int?
    /// Client notification; nil where nobody told, and then the product's default is 10123.
    public let notification: Int?
    /// Wake On LAN over UDP; nil where nobody told, and then the product's default is 9.
    public let wakeOnLAN: Int?
    /// Whether site systems use the website `SMSWEB`; nil where nobody told.
    public let customWebsite: Bool?

    public static let defaultHTTP = 80
    public static let defaultHTTPS = 443
    public static let defaultNotification = 10123

    /// What is known of a site of which nobody told.
    public static let notTold = ClientPorts(
        http: nil, https: nil, notification: nil, wakeOnLAN: nil, customWebsite: nil)

    public init(http: Int?, https: Int?, notification: Int?, wakeOnLAN: Int?, customWebsite: Bool?) {
        self.http = http
        self.https = https
        self.notification = notification
        self.wakeOnLAN = wakeOnLAN
        self.customWebsite = customWebsite
    }
}
