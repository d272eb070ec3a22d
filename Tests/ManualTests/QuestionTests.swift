import Foundation
import TestSupport
import Testing
import Yams

@testable import Manual

/// What help desks ask, file by file in `Questions/`: whoever writes a page adds the questions it answers.
@Suite struct QuestionTests {
    struct Question: Decodable, Sendable, CustomTestStringConvertible {
        let question: String
        /// The address of the page that answers it.
        let page: String

        var testDescription: String { question }
    }

    static let folder = Checkout.path + "Tests/ManualTests/Questions/"

    static let questions = Result {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
            .flatMap { file in
                try YAMLDecoder().decode(
                    [Question].self, from: try String(contentsOfFile: folder + file, encoding: .utf8))
            }
    }

    @Test(arguments: try questions.get())
    func theAnswerIsAmongTheFirstThreePages(_ question: Question) throws {
        let search = try ShippedSearch.search.get()
        let found = try search.results(for: question.question).pages.map(\.path)
        #expect(found.prefix(3).contains(question.page), "\(found.prefix(6))")
    }

    @Test func everyAnswerIsAPage() throws {
        let paths = try Set(ShippedSearch.manual.get().pages.map(\.path))
        let answers = try Set(Self.questions.get().map(\.page))
        #expect(answers.subtracting(paths) == [])
    }
}

/// The search over the shipped pages, made once for all tests.
enum ShippedSearch {
    static let manual = shippedManual
    static let search = Result { try ManualSearch(try manual.get()) }
}
