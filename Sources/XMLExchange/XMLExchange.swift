import Domain
public final class ConfigurationReader {
    public init(file: String?, tell: @escaping (ReadEvent) throws -> Void) {}
    public func feed(_ bytes: UnsafeRawBufferPointer) throws {}
    public func finish() throws -> ReadSummary { ReadSummary() }
    public var isRefused: Bool { false }
}
public struct ConfigurationWriter {
    public init(_ write: @escaping (ArraySlice<UInt8>) throws -> Void) {}
    public mutating func begin() throws {}
    public mutating func site(_ site: Site) throws {}
    public mutating func server(_ record: ServerRecord) throws {}
    public mutating func end() throws {}
}
