import LogReading
import TestSupport
import Testing

/// The page of limits is typed by hand: here it is held against the reader of log files.
@Suite("The manual knows every limit of a log file, and no other")
struct LimitPageTests {
    @Test func limitsOfLogFiles() throws {
        var found = try ReferencePage("limits").values(in: "Log files")
        // Those of the browser are the portal's.
        for row in ["file in the browser", "pasted lines"] { #expect(found.removeValue(forKey: row) != nil, "\(row)") }
        #expect(
            found == [
                "file on the command line": "none",
                "a line that is looked at as one": "\(LogReader.longestLine >> 10) KiB; longer ones are read in pieces",
                "lines kept of each finding": "\(LogSightings.mostSamples), all counted",
                "codes without an entry kept of a file":
                    "\(LogDiagnosis.mostUnlisted), those met first; the rest is left out",
            ])
    }
}
