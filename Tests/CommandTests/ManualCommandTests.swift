import Foundation
import TestSupport
import Testing

@Suite("The manual on the command line")
struct ManualCommandTests {
    @Test func servingTheManualAloneOpensNoDataFolderAndMakesNone() async throws {
        let data = temporaryFolder()
        let server = try RunningServer(data: data, "--manual-only", "--host", "0.0.0.0")
        for (address, status) in [("/manual", 200), ("/health/ready", 200), ("/servers", 404), ("/", 302)] {
            let reply = try await server.client.get(address, headers: ["Host": "manual.contoso.com"])
            #expect(reply.status == status, "\(address)")
        }
        #expect(server.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: data))
    }

    @Test func thePortalItselfListensOnLoopbackAlone() throws {
        let run = try ProgramRun.proxydesk("serve", "--host", "0.0.0.0", "--resources", Checkout.path)
        #expect(run.exitCode == 64)
        #expect(run.errors.contains("--manual-only"))
    }

    @Test func theManualIsBuiltIntoAFolderThatCanBeReadByEverybody() throws {
        try withDataFolder { folder in
            let arguments = ["docs", "build", "--output", folder, "--resources", Checkout.path]
            let first = try ProgramRun.run(Checkout.build + "proxydesk", arguments)
            #expect(first.exitCode == 0)
            #expect(first.text.hasPrefix("Wrote ") && first.text.contains(" pages to \(folder)"))
            let index = try String(contentsOfFile: folder + "/index.html", encoding: .utf8)
            #expect(index.contains(#"href="concepts/one-proxy-per-computer.html""#))
            let exitCode = try ProgramRun.run(Checkout.build + "proxydesk", arguments).exitCode
            #expect(exitCode == 0)
        }
    }

    @Test func aFolderOfSomethingElseIsRefusedInWords() throws {
        try withDataFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: folder + "/thesis.doc"))
            let run = try ProgramRun.proxydesk("docs", "build", "--output", folder, "--resources", Checkout.path)
            #expect(run.exitCode == 64)
            #expect(run.errors.contains("holds other files, and was left alone"))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left == ["thesis.doc"])
        }
    }

    @Test(arguments: [
        ("192.0.2.77", "This computer does not have the address 192.0.2.77."),
        ("no-such-host.invalid", "No address is known for the host no-such-host.invalid."),
    ])
    func aHostThatCannotBeListenedOnIsSaidInOneSentence(host: String, sentence: String) throws {
        let run = try ProgramRun.proxydesk(
            "serve", "--manual-only", "--host", host, "--port", "0", "--resources", Checkout.path)
        #expect(run.exitCode == 70)
        let said = run.errors.split(separator: "\n").filter { $0.hasPrefix("proxydesk: ") }
        #expect(said.count == 1 && said[0].contains(sentence) && said[0].contains("--host"), "\(run.errors)")
    }

    @Test func anOutputThatCannotBeWrittenIsSaidInOneSentence() throws {
        let run = try ProgramRun.proxydesk(
            "docs", "build", "--output", "/proc/no/manual", "--resources", Checkout.path)
        #expect(run.exitCode == 70)
        #expect(
            run.errors.split(separator: "\n").count == 1 && run.errors.contains("/proc/no/manual cannot be written: "))
        #expect(run.errors.contains("--output"))
    }

    @Test func theProgramTellsItsVersionAndWhomToTellMustBeSomebody() throws {
        let version = try ProgramRun.proxydesk("--version")
        #expect(version.exitCode == 0)
        #expect(version.text.split(separator: ".").count == 3)
        let run = try ProgramRun.proxydesk("serve", "--contact", "nobody", "--resources", Checkout.path)
        #expect(run.exitCode == 64)
        #expect(run.errors.contains("contact must be a mail address"))
    }
}
