import Domain
import Foundation
import TestSupport
import XMLExchange

/// Makes data for the benchmarks, and measures the reader alone.
@main
struct BenchmarkData {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "export": try writeExport(arguments)
        case "read" where arguments.count == 2: try read(arguments[1])
        case "log": try writeLog(arguments)
        default:
            let usage =
                "usage: benchmark-data export --servers N [--shape SHAPE] [--with-roles] [--utf16] | read FILE "
                + "| log --megabytes N\nshapes: "
                + ExportShape.allCases.map(\.rawValue).joined(separator: ", ") + "\n"
            FileHandle.standardError.write(Data(usage.utf8))
            exit(64)
        }
    }

    /// Writes an export to standard output, in the shape of the cmdlets unless another one is named.
    private static func writeExport(_ arguments: [String]) throws {
        guard let servers = value("--servers", arguments).flatMap(Int.init), servers >= 0,
            let shape = ExportShape(rawValue: value("--shape", arguments) ?? ExportShape.cmdlets.rawValue)
        else {
            FileHandle.standardError.write(Data("--servers needs a number, --shape the name of a shape\n".utf8))
            exit(64)
        }
        let generator = CLIXMLGenerator(
            servers: servers, shape: shape, softwareUpdatePointShare: arguments.contains("--with-roles") ? 0.1 : 0,
            isUTF16: arguments.contains("--utf16"))
        try generator.write { try FileHandle.standardOutput.write(contentsOf: Data($0)) }
    }

    /// Writes a log file to standard output: records of CMTrace, a few of which tell of a failure.
    private static func writeLog(_ arguments: [String]) throws {
        guard let megabytes = value("--megabytes", arguments).flatMap(Int.init), megabytes > 0 else {
            FileHandle.standardError.write(Data("--megabytes needs a number\n".utf8))
            exit(64)
        }
        var generator = LogGenerator()
        try generator.write(megabytes * 1_000_000) { try FileHandle.standardOutput.write(contentsOf: Data($0)) }
    }

    private static func value(_ option: String, _ arguments: [String]) -> String? {
        guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
        return arguments[index + 1]
    }

    /// Reads a file to drafts, drops them, and prints how long it took.
    private static func read(_ path: String) throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        var records = 0
        var findings = 0
        let reader = ConfigurationReader(file: path) { event in
            if case .record = event { records += 1 } else { findings += 1 }
        }
        let start = ContinuousClock.now
        try feed(reader, from: file.fileDescriptor)
        let summary = try reader.finish()
        let time = ContinuousClock.now - start
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let speed = Double(summary.bytes) / seconds / 1e6
        print(
            "\(records) records, \(findings) findings, \(summary.bytes) bytes, "
                + String(format: "%.3f s, %.0f MB/s", seconds, speed))
    }

    /// One buffer for all pieces, so that the measure is the reader's.
    private static func feed(_ reader: ConfigurationReader, from descriptor: Int32) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 * 1024, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count <= 0 { return }
            try reader.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
