import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The server of the portal: `runService()` runs it until SIGINT or SIGTERM, and lets the requests under way finish.
///
/// - Parameters:
///   - requestLines: where the lines about requests go; the logger when nil.
///   - onRunning: called with the port once connections are taken; the port is the system's choice when the settings say 0.
public func makeApplication(
    _ portal: Portal, logger: Logger, requestLines: LineLog? = nil,
    onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    application(portal, RequestLog(logger: logger, lines: requestLines), onRunning)
}

/// The server of the manual alone.
public func makeApplication(
    _ manual: ManualOnlySite, logger: Logger, requestLines: LineLog? = nil,
    onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    application(manual, RequestLog(logger: logger, lines: requestLines), onRunning)
}

private func application(
    _ site: some Answering, _ log: RequestLog, _ onRunning: @escaping @Sendable (_ port: Int) async -> Void
) -> some ApplicationProtocol {
    let settings = site.settings
    let idle = TimeAmount(settings.idleTimeout)
    let connections = AddressConnections(limit: settings.maxConnectionsOfAddress)
    let firstRequest = TimeAmount(settings.firstRequestDeadline)
    let configuration = HTTP1Channel.Configuration(
        additionalChannelHandlers: [
            AddressGuard(connections), StalledWriteGuard(limit: idle), FirstRequestGuard(limit: firstRequest),
        ],
        idleTimeout: idle,
        httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
    return Application(
        responder: RequestResponder(site: site, log: log),
        server: HTTPServerBuilder { responder in
            LoopBoundChannel(http: HTTP1Channel(responder: responder, configuration: configuration))
        },
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port), serverName: nil,
            availableConnectionsDelegate: MaximumAvailableConnections(settings.maxConnections, logger: log.logger)),
        onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
        logger: log.logger)
}
