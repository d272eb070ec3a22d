/// The account a connection runs as, towards a proxy or the internet.
///
/// Source: Microsoft Learn, "Proxy server support in Configuration Manager".
public enum ConnectionIdentity: Sendable, Hashable {
    /// The System account of the computer that opens the connection.
    case system
    /// A site system proxy server account.
    case account(AccountName)

    /// - Parameter account: the one a Proxy tab names; nil for none.
    public init(_ account: AccountName?) { self = account.map(ConnectionIdentity.account) ?? .system }

    public var account: AccountName? {
        if case .account(let name) = self { name } else { nil }
    }

    /// As JSON prints it: `system`, or the account.
    public var text: String { account?.text ?? "system" }
}
