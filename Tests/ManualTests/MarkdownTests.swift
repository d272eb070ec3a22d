import Testing

@testable import Manual

@Suite struct MarkdownTests {
    private func html(_ text: String) -> String { Markdown.blocks(of: text).map(\.html).joined() }

    @Test(arguments: [
        "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<iframe src=\"https://x\"></iframe>",
        "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "![a](javascript:alert(1))", "[a](vbscript:x)",
        "[a](data:text/html,x)", "<javascript:alert(1)>", "| a |\n|---|\n| <script>x</script> [a](javascript:x) |",
    ])
    func markupAndScriptLinksAreInert(_ text: String) {
        let html = html(text).lowercased()
        for danger in ["<script", "<img src=x", "<iframe", "=\"javascript:", "=\"vbscript:", "=\"data:", "onerror=\""] {
            #expect(!html.contains(danger))
        }
    }

    @Test func headingsGetStableIds() {
        #expect("proxy.port.range".headingID == "proxy-port-range")
        #expect("softwareUpdatePoint.useProxyForADR".headingID == "softwareupdatepoint-useproxyforadr")
        #expect("Not told is not “off”!".headingID == "not-told-is-not-off")
    }

    @Test func blocksKnowTheirLineTextAndLinks() throws {
        let blocks = Markdown.blocks(of: "## A `b`\n\nOne\ntwo.\n\n- x [y](/manual)\n", firstLine: 10)
        #expect(blocks.map(\.line) == [10, 12, 15])
        #expect(blocks.map(\.text) == ["A b", "One two.", "x y"])
        #expect(blocks.map(\.isPlain) == [false, true, false])
        #expect(blocks[0].html == "A <code>b</code>")
        let link = try #require(blocks[2].links.first)
        #expect(link.destination == "/manual" && link.line == 15)
    }

    @Test func tablesNameTheirHeadersAndScrollByKeyboard() {
        let html = html("| a | b |\n|---|--:|\n| 1 | `<` |\n")
        #expect(html.contains("<div class=\"scrolling\" tabindex=\"0\"><table>"))
        #expect(html.contains("<th scope=\"col\">a</th>") && html.contains("<th scope=\"col\" align=\"right\">b</th>"))
        #expect(html.contains("<code>&lt;</code>"))
    }

    @Test func tagsInTheTextAreTextAndStayAsTheyAre() {
        #expect(html("`<pre><table><th>`").contains("&lt;pre&gt;&lt;table&gt;&lt;th&gt;"))
    }

    @Test func renderingGivesTheSameFromManyThreads() async {
        let text = String(repeating: "## H\n\n| a |\n|---|\n| *b* |\n\n", count: 20)
        let expected = html(text)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { self.html(text) == expected } }
            for await isSame in group { #expect(isSame) }
        }
    }
}
