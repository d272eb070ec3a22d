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

    @Test(arguments: ["NOTE", "TIP", "IMPORTANT", "CAUTION", "WARNING", "warning"])
    func aMarkedQuotationIsANote(_ mark: String) {
        let html = html("> [!\(mark)]  \n>  Use *one* proxy.  \n>\n> Or two.\n")
        let kind = mark.lowercased()
        #expect(html.hasPrefix("<div class=\"admonition \(kind)\" role=\"note\">"))
        #expect(html.contains("<p class=\"admonition-title\">\(kind.prefix(1).uppercased() + kind.dropFirst())</p>"))
        #expect(html.contains("<p>Use <em>one</em> proxy.</p>\n<p>Or two.</p>\n</div>"))
        #expect(!html.contains("[!") && !html.contains("blockquote"))
    }

    @Test func otherQuotationsStayWhatTheyAre() {
        #expect(html("> said\n").hasPrefix("<blockquote>"))
        #expect(html("> [!NOTHING]\n> said\n").hasPrefix("<blockquote>"))
        #expect(html("> [!NOTE] on one line\n").hasPrefix("<blockquote>"))
    }

    @Test func aNoteMayStandInAListAndHoldOne() {
        let html = html("1. Step\n\n   > [!TIP]\n   > - a\n   > - b\n")
        #expect(html.contains("<li>\n<p>Step</p>\n<div class=\"admonition tip\""))
        #expect(html.contains("<li>a</li>"))
    }

    @Test func aPictureIsToldOfInWords() {
        #expect(html("![The **Proxy** tab](media/tab.png)") == "<p>(picture: The Proxy tab)</p>\n")
    }

    @Test func linksBetweenFilesAreLinksBetweenPages() throws {
        let file = "docs/how-to/a.md"
        #expect(ContentAddress.resolved("../concepts/b.md#c-d", from: file) == "/manual/concepts/b#c-d")
        #expect(ContentAddress.resolved("b.md", from: file) == "/manual/how-to/b")
        #expect(ContentAddress.resolved("../../fields/proxy.md", from: file) == "/manual/fields/proxy")
        #expect(ContentAddress.resolved("../../../README.md", from: file) == "../../../README.md")
        #expect(ContentAddress.resolved("https://x.md", from: file) == "https://x.md")
        #expect(ContentAddress.resolved("#here", from: file) == "#here")
        let blocks = Markdown.blocks(of: "a [b](b.md)") { ContentAddress.resolved($0, from: file) }
        #expect(try #require(blocks.first).html.contains("<a href=\"/manual/how-to/b\">"))
        #expect(try #require(blocks.first?.links.first).destination == "/manual/how-to/b")
    }

    @Test func includedTextsStandWhereTheyAreNamed() {
        let files = [
            "a.md": "Both *a*\n", "b.md": "## B\n\nText\n[!INCLUDE [x](a.md)]\n", "c.md": "[!INCLUDE[c](c.md)]",
        ]
        let text = "One\n\n[!INCLUDE[b](b.md)]\n\nBoth [!INCLUDE[x](a.md)] and [!INCLUDE[gone](d.md)].\n"
        let inclusion = Inclusion(text, firstLine: 5) { files[$0] }
        #expect(inclusion.text == "One\n\n## B\n\nText\nBoth *a*\n\nBoth Both *a* and gone.\n")
        #expect(inclusion.lines == [5, 6, 7, 7, 7, 7, 8, 9, 10])
        #expect(inclusion.faults == [Inclusion.Fault(line: 9, kind: .missing)])
        for code in ["`[!INCLUDE[x](a.md)]`", "~~~\n[!INCLUDE[x](a.md)]\n~~~\n"] {
            #expect(Inclusion(code, firstLine: 1) { files[$0] }.text == code, "in code it is an example")
        }
        #expect(Inclusion("[!INCLUDE[c](c.md)]", firstLine: 1) { files[$0] }.text == "c", "a circle ends")
    }

    @Test func linksAreTakenOutOfPagesWhereNothingAnswersThem() {
        let html = "<p>See <a href=\"/flows?x=1&amp;y=2\">the <b>flows</b></a>, <a class=\"p\" href=\"#a\">#</a>.</p>"
        let kept = HTMLLinks.rewritten(html) { $0 == "/flows?x=1&y=2" ? nil : $0 + "\"<" }
        #expect(kept == "<p>See the <b>flows</b>, <a class=\"p\" href=\"#a&quot;&lt;\">#</a>.</p>")
        #expect(HTMLLinks.rewritten(html) { $0 } == html)
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
