import TestSupport
import Testing

@testable import Manual

/// The page of limits is typed by hand: here it is held against the manual's own limits.
@Suite("The manual knows every limit of runbooks and of search, and no other")
struct LimitPageTests {
    @Test func limitsOfRunbooks() throws {
        let found = try ReferencePage("limits").values(in: "Runbooks").mapValues { $0.replacing(",", with: "") }
        #expect(
            found == [
                "files of the folder that `--docs` names": "\(RunbookFolder.mostFiles) whose name ends in `.md`",
                "a file": "\(RunbookFolder.largestFile >> 20) MiB in UTF-8",
                "folders in one another": "\(RunbookFolder.deepest) the one that is named counted",
                "quotations, lists and emphasis in one another":
                    "\(MarkdownTree.deepest); of a part that goes deeper its words are shown",
                "faults told of one file": "\(RunbookComposer.mostFaults) at a time",
            ])
    }

    @Test func limitsOfSearch() throws {
        #expect(
            try ReferencePage("limits").values(in: "Search") == [
                "what is looked for": "\(SearchQuery.longestText) characters and \(SearchQuery.mostWords) words",
                "pages found": "\(ManualSearch.mostPages)",
            ])
    }
}
