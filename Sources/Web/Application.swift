import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The server of the portal: `runService()` runs it until SIGINT or SIGTERM, and lets the requests under way finish.
///
/// - Parameter onRunning: called with the port once connections are taken; the port is the system's choice when the
///   settings say 0.
public func makeApplication(
    _ portal: Portal, logger: Logger, onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    let settings = portal.settings
    let idle = TimeAmount(settings.idleTimeout)
    let firstRequest = TimeAmount(settings.firstRequestDeadline)
    return Application(
        responder: PortalResponder(portal: portal, logger: logger),
        server: .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [
                    StalledWriteGuard(limit: idle), FirstRequestGuard(limit: firstRequest),
                ],
                idleTimeout: idle,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))),
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port), serverName: nil,
            availableConnectionsDelegate: MaximumAvailableConnections(settings.maxConnections, logger: logger)),
        onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
        logger: logger)
}
