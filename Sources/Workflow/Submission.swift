import Domain

/// The one way in which a form changes what is stored.
public struct Submission: Sendable {
    let store: any ConfigurationStore
    let clock: @Sendable () -> Int64

    /// - Parameter clock: milliseconds since 1970, UTC.
    public init(store: any ConfigurationStore, clock: @escaping @Sendable () -> Int64) {
        self.store = store
        self.clock = clock
    }

    public func submit(_ edit: Edit, for request: Request) throws -> Outcome { .missing }
}
