import ArgumentParser
import Domain
import Foundation
import LogReading
import Manual

struct DiagnoseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose", abstract: "Reads log files and explains the known lines and error codes in them.")

    @OptionGroup var shared: SharedFlags
    @Argument(help: "The log files; - is standard input.") var files: [String]
    @Option(name: .long, help: "text or json.") var format: ReportFormat = .text

    func run() async throws {
        let settings = try await shared.settings()
        for file in files where file != "-" { try check(file) }
        let reference = try LogReference(contentDirectory: settings.resources + "/content")
        let patterns = LogPatterns(reference.knowledge)
        let diagnoses = try files.map { try Self.read($0, patterns) }
        let output = OutputStream(descriptor: 1)
        switch format {
        case .json: try output.write(DiagnosisJSON.bytes(diagnoses, reference))
        case .text:
            for diagnosis in diagnoses { try output.write(DiagnosisText.report(diagnosis, reference).utf8) }
        }
        try output.flush()
    }

    private func check(_ file: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue,
            FileManager.default.isReadableFile(atPath: file)
        else { throw ValidationError("\(file) is not a file that can be read. Check the name.") }
    }

    /// One buffer for all pieces: the memory does not grow with the file.
    private static func read(_ file: String, _ patterns: LogPatterns) throws -> LogDiagnosis {
        let isStandard = file == "-"
        let handle =
            isStandard ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
        var reader = LogReader(patterns, file: isStandard ? nil : file)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Foundation.read(handle.fileDescriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw CocoaError(.fileReadUnknown) }
            if count == 0 { return reader.finish() }
            reader.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
