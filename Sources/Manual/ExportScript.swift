/// A read-only script that an admin runs on Windows to bring out what a site has.
public struct ExportScript: Sendable {
    /// `with-module`, or `with-cim`.
    public let id: String
    public let title: String
    /// The name to download it under.
    public let fileName: String
    public let text: String
    /// When to use this one, and what each part of it does.
    public let explanation: RenderedMarkdown

    /// The scripts there are, the one for most sites first.
    static let ids = ["with-module", "with-cim"]
}
