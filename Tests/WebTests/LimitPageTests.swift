import Domain
import TestSupport
import Testing

@testable import Web

/// The page of limits is typed by hand: here it is held against the limits of requests.
@Suite("The manual knows every limit of a request, and no other")
struct LimitPageTests {
    private static let settings = WebSettings()

    private static func seconds(_ duration: Duration) -> String { "\(duration.components.seconds) seconds" }
    private static func mebibytes(_ bytes: Int) -> String { "\(bytes >> 20) MiB" }

    /// What each row says, by its first column; the links of a row are left out.
    private static let requests: [String: String] = [
        "form": "\(mebibytes(settings.bodyLimit)), with \(FormBody.mostPairs) values at most",
        "reason of a change": "\(FormReading.longestReason) characters",
        "time for a request to arrive": seconds(settings.requestDeadline),
        "upload":
            "may pause for \(seconds(settings.uploadPause)), and must bring \(settings.slowestUpload >> 10) KiB a second on the whole",
        "connection without a request":
            "\(seconds(settings.idleTimeout)); a new one has \(seconds(settings.firstRequestDeadline)) to ask",
        "connections at once": "\(settings.maxConnections)",
        "exports at once": "\(ExportStream.limit), then [503]",
        "a save that waits for its turn": "\(seconds(settings.submissionWait)), then [503]",
    ]

    /// The settings that the rows are made from, and those that are no limit: a new one belongs to either.
    private static let shown: Set<String> = [
        "requestDeadline", "idleTimeout", "bodyLimit", "uploadLimit", "logLimit", "uploadPause", "slowestUpload",
        "maxConnections", "maxConnectionsOfAddress", "submissionWait", "firstRequestDeadline",
    ]
    private static let noLimits: Set<String> = ["host", "port", "commandPath", "dataPath"]

    private func withoutAddresses(_ text: String) -> String { text.replacing(#/\]\([^)]*\)/#, with: "]") }

    @Test func limitsOfRequests() throws {
        let found = try ReferencePage("limits").values(in: "Requests").mapValues(withoutAddresses)
        #expect(found == Self.requests)
        #expect(
            Self.settings.maxConnectionsOfAddress == Self.settings.maxConnections, "no limit of its own in the portal")
    }

    @Test func everySettingOfTheServerIsALimitOnThePageOrNone() {
        let names = Mirror(reflecting: Self.settings).children.compactMap(\.label)
        #expect(Set(names) == Self.shown.union(Self.noLimits))
    }

    @Test func limitsOfWhatIsSentToDiagnose() throws {
        let found = try ReferencePage("limits").values(in: "Log files")
        #expect(found["file in the browser"] == Self.mebibytes(Self.settings.logLimit))
        #expect(found["pasted lines"] == Self.mebibytes(Self.settings.bodyLimit))
    }

    @Test func limitsOfImports() throws {
        let rows = try ReferencePage("limits").rows(in: "XML files").filter { !$0.cell(2).hasPrefix("[xml.limit.") }
        let found = Dictionary(rows.map { ($0.cell(0), $0.cell(1)) }) { first, _ in first }
        let hours = ImportDesk.longestWait / 3_600_000
        #expect(
            found == [
                "file on the command line": "none",
                "upload in the browser, all files together":
                    "\(Self.mebibytes(Self.settings.uploadLimit)); the setting `PROXYDESK_UPLOAD_LIMIT` takes 1 to 4096 MiB",
                "imports in the browser that wait to be confirmed":
                    "\(ImportDesk.mostImports), each for \(hours) hours",
                "encodings": "UTF-8 and UTF-16", "findings kept of an import": "10,000, all counted",
            ])
    }
}
