import Foundation
import TestSupport
import Testing
import Web
import Workflow

/// Keeps a portal running to be looked at in a browser: `PROXYDESK_SHOW=8123 swift test --filter Screens`.
@Suite("Screens", .enabled(if: ProcessInfo.processInfo.environment["PROXYDESK_SHOW"] != nil))
struct Screens {
    @Test func showUntilStopped() async throws {
        let port = ProcessInfo.processInfo.environment["PROXYDESK_SHOW"].flatMap { Int($0) } ?? 8123
        try await withPortal(isEmpty: ProcessInfo.processInfo.environment["PROXYDESK_EMPTY"] != nil) {
            $0.port = port
        } _: { _ in
            try await Task.sleep(for: .seconds(3600))
        }
    }
}
