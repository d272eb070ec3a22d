import CZlib

/// Bytes in the gzip format, for what is compressed once and served often.
///
/// Never for an answer that holds a secret or something a visitor sent beside stored data: the size of a compressed answer
/// tells about what it holds.
enum Gzip {
    /// The same bytes for the same input: the format's time is left empty.
    ///
    /// - Returns: nil when zlib has no memory for it; the bytes are served as they are then.
    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard proxydesk_gzip_begin(&stream) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let room = Int(deflateBound(&stream, uLong(bytes.count)))
        var input = bytes
        var isWhole = false
        let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = uInt(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = uInt(room)
                isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
            count = room - Int(stream.avail_out)
        }
        return isWhole ? output : nil
    }
}
