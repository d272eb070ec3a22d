import NIOCore
import Synchronization

/// Closes a new connection of an address that has its share of connections already, so that one computer does not keep all others
/// out.
final class AddressGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let connections: AddressConnections
    /// The address that was counted.
    private var address: String?

    init(_ connections: AddressConnections) { self.connections = connections }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { count(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        count(context)
        context.fireChannelActive()
    }

    private func count(_ context: ChannelHandlerContext) {
        guard address == nil, let new = context.channel.remoteAddress?.ipAddress else { return }
        if connections.add(new) { address = new } else { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let address { connections.remove(address) }
        address = nil
        context.fireChannelInactive()
    }
}

/// How many connections each address has.
final class AddressConnections: Sendable {
    private let limit: Int
    private let counts = Mutex<[String: Int]>([:])

    init(limit: Int) { self.limit = limit }

    /// Counts one more; false where there are as many as there may be.
    func add(_ address: String) -> Bool {
        counts.withLock { counts in
            let count = counts[address, default: 0]
            if count >= limit { return false }
            counts[address] = count + 1
            return true
        }
    }

    func remove(_ address: String) {
        counts.withLock { counts in
            let count = counts[address, default: 0] - 1
            counts[address] = count > 0 ? count : nil
        }
    }
}
