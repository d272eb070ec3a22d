import Domain

@testable import LogReading

/// What the fuzzed reader looks for: a few codes and lines of each kind, so that the target needs no content folder.
private let patterns = LogPatterns(
    LogKnowledge(
        codes: [
            code("12007", decimal: 12_007, hresult: 0x8007_2EE7), code("0x8024401b", hresult: 0x8024_401B, status: 407),
            code("http-407", status: 407),
        ],
        logs: [],
        signatures: [
            line("adr", "Failed to download the update from internet. Error = ", .code, until: "."),
            line("name", "The remote name could not be resolved: '", .host, until: "'"),
            line("scan", "Scan failed with error = ", .hresult, until: "."),
        ]))

private func code(_ id: String, decimal: UInt32? = nil, hresult: UInt32? = nil, status: Int? = nil) -> ErrorCode {
    ErrorCode(
        id: id, title: id, decimal: decimal, hresult: hresult, status: status, names: [], meaning: "", checks: [],
        page: nil,
        sources: [])
}

private func line(_ id: String, _ text: String, _ kind: LogSignature.Kind, until: String) -> LogSignature {
    LogSignature(
        id: id, logs: [], text: text, capture: LogSignature.Capture(kind: kind, after: "", until: until),
        isHealthy: false, meaning: "", codes: [], flow: nil, checks: [], page: nil, sources: [], example: text)
}

/// Feeds the input as a log file: whole and in pieces it must say the same, and nothing that a terminal obeys.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLog(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: bytes, count: count)
    let whole = read(input, longest: nil)
    hold(read(input, longest: 1) == whole, "one byte at a time it says something else")
    hold(read(input, longest: 300) == whole, "in pieces it says something else")
    for scalar in whole.unicodeScalars {
        hold(scalar.properties.generalCategory != .control, "a control character is left")
        hold(!scalar.properties.isBidiControl, "a bidirectional character is left")
    }
    return 0
}

private func read(_ input: UnsafeRawBufferPointer, longest: Int?) -> String {
    var reader = LogReader(patterns)
    if let longest { input.forEachPiece(upTo: longest) { reader.feed($0) } } else { reader.feed(input) }
    let log = reader.finish()
    hold(log.lines <= input.count + 1, "there are more lines than bytes")
    let lines = log.signatures.map { "\($0.signature.id) \($0.values.joined(separator: " ")) \(words($0.sightings))" }
    let codes = log.codes.map { "\($0.code.id) \($0.values) \(words($0.sightings))" }
    let others = log.unlisted.map { "\($0.code.text) \(words($0.sightings))" } + log.sites
    let head = "\(log.lines) \(log.format.rawValue) \(log.encoding.rawValue) \(log.hosts.joined(separator: " "))"
    return ([head] + lines + codes + others).joined(separator: " | ")
}

private func words(_ seen: LogSightings) -> String {
    let samples = seen.samples.map { "\($0.line) \($0.component ?? "-") \($0.time?.text ?? "-") \($0.text)" }
    return "\(seen.count) \(seen.first?.text ?? "-") \(seen.last?.zone ?? "-") \(samples.joined(separator: " "))"
}
