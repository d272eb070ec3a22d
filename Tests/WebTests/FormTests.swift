import Domain
import Foundation
import TestSupport
import Testing
import Web
import Workflow

@Suite("Forms")
struct FormTests {
    static let proxy = "/servers/\(Known.server)/proxy"

    static func typed(_ running: RunningPortal, _ changes: [String: String?] = [:]) throws -> [(String, String)] {
        var controls: [(String, String)] = [
            ("proxy.use", "true"), ("proxy.use.shown", "true"), ("proxy.server", "proxy01.contoso.com"),
            ("proxy.port", "80"), ("proxy.useCredentials", "true"), ("proxy.useCredentials.shown", "true"),
            ("proxy.account", "CONTOSO\\svc-proxy"), ("revision", String(try running.store.revision(Known.server))),
            ("reason", ""),
        ]
        for (name, value) in changes { controls.removeAll { $0.0 == name && value == nil } }
        return controls.map { name, value in (name, (changes[name] ?? value) ?? value) }
    }

    @Test func savingLeadsToTheTabWithANoticeReadFromTheChangeSet() async throws {
        try await withPortal { running in
            let reply = try await running.client.post(
                Self.proxy, try Self.typed(running, ["proxy.port": "8080", "reason": "Change 4711"]))
            #expect(reply.status == 303)
            let address = try #require(reply.location)
            #expect(address == Self.proxy + "?saved=\(try running.store.numberOfSets)")
            let page = try await running.client.get(address)
            #expect(page.status == 200)
            #expect(page.body.contains(#"role="alert""#))
            #expect(page.body.contains("Port: 80, now 8080"))
            let set = try running.store.read { try $0.changeSets(before: nil, limit: 1).first }
            #expect(set?.reason == "Change 4711")
            #expect(set?.requestID == reply.headers["x-request-id"])
        }
    }

    @Test func aNoticeIsNotShownForASetThatDidNotTouchTheRecord() async throws {
        try await withPortal { running in
            for number in ["1", "999999", "x", "-1"] {
                let page = try await running.client.get(Self.proxy + "?saved=" + number)
                #expect(page.status == 200)
                #expect(!page.body.contains(#"role="alert""#))
            }
        }
    }

    @Test func sendingWhatIsStoredChangesNothingAndSaysSo() async throws {
        try await withPortal { running in
            let before = try running.store.numberOfSets
            let reply = try await running.client.post(Self.proxy, try Self.typed(running))
            #expect(reply.status == 303)
            #expect(reply.location == Self.proxy + "?unchanged")
            #expect(try running.store.numberOfSets == before)
            #expect(try await running.client.get(Self.proxy + "?unchanged").body.contains("Nothing was changed"))
        }
    }

    @Test func aRefusedFormKeepsWhatWasTypedAndLeadsToTheControl() async throws {
        try await withPortal { running in
            let reply = try await running.client.post(
                Self.proxy,
                try Self.typed(running, ["proxy.port": "70000", "proxy.server": "http://proxy02.contoso.com"]))
            #expect(reply.status == 422)
            #expect(reply.body.contains("<title>Error: "))
            #expect(reply.body.contains("There is a problem"))
            #expect(reply.body.contains(#"value="70000""#))
            #expect(reply.body.contains(#"value="http://proxy02.contoso.com""#))
            let document = Markup(reply.body)
            #expect(document.fragmentLinks.contains("proxy-port"))
            #expect(document.fragmentLinks.contains("proxy-server"))
            #expect(document.brokenReferences == [])
            #expect(try running.store.record(Known.server)?.proxy.intended?.configuration?.port.number == 80)
        }
    }

    @Test func turningTheProxyOffWhileARoleNeedsItLinksToTheRolesTab() async throws {
        try await withPortal { running in
            let reply = try await running.client.post(Self.proxy, try Self.typed(running, ["proxy.use": nil]))
            #expect(reply.status == 422)
            let option = "/servers/\(Known.server)/roles#softwareUpdatePoint-useProxyForSynchronization"
            #expect(reply.body.contains(#"href="\#(option)""#))
            let roles = Markup(try await running.client.get("/servers/\(Known.server)/roles").body)
            #expect(roles.ids.contains("softwareUpdatePoint-useProxyForSynchronization"))
        }
    }

    @Test func aStaleFormShowsBothVersionsAndAWayOnFromEach() async throws {
        try await withPortal { running in
            let stale = try Self.typed(running, ["proxy.server": "proxy06.contoso.com"])
            _ = try await running.client.post(Self.proxy, try Self.typed(running, ["proxy.port": "8081"]))
            let before = try running.store.numberOfSets
            let reply = try await running.client.post(Self.proxy, stale)
            #expect(reply.status == 409)
            #expect(reply.body.contains("8081") && reply.body.contains("proxy06.contoso.com"))
            #expect(reply.body.contains("differs"))
            #expect(try running.store.numberOfSets == before)

            let kept = Markup(reply.body).controlsOfFirstForm
            #expect(kept.filter { $0.0 == "revision" }.count == 1)
            let saved = try await running.client.post(Self.proxy, kept)
            #expect(saved.status == 303)
            let proxy = try running.store.record(Known.server)?.proxy.intended?.configuration
            #expect(proxy?.server.text == "proxy06.contoso.com")
            #expect(proxy?.port.number == 80)
        }
    }

    @Test func aFormWithoutItsRevisionIsRefused() async throws {
        try await withPortal { running in
            for revision in [nil, "", "x"] as [String?] {
                let reply = try await running.client.post(
                    Self.proxy, try Self.typed(running, ["proxy.port": "99", "revision": revision]))
                #expect(reply.status == 422)
                #expect(reply.body.contains("which version of the record"))
                #expect(reply.body.contains(#"value="99""#), "what was typed can still be read")
                let again = Markup(reply.body).controlsOfFirstForm
                #expect(!again.contains { $0.0 == "revision" })
                #expect(!reply.body.contains("<button>Save"))
                #expect(Markup(reply.body).values(of: "href").filter { $0 == Self.proxy }.count > 1)
                #expect(try await running.client.post(Self.proxy, again).status == 422)
            }
            #expect(try running.store.record(Known.server)?.proxy.intended?.configuration?.port.number == 80)
        }
    }

    @Test func anAbsentFieldKeepsItsValueAndABoxThatWasShownIsOff() async throws {
        try await withPortal { running in
            let revision = String(try running.store.revision(Known.server))
            let reply = try await running.client.post(Self.proxy, [("proxy.port", "8080"), ("revision", revision)])
            #expect(reply.status == 303)
            let kept = try running.store.record(Known.server)?.proxy.intended?.configuration
            #expect(kept?.server.text == "proxy01.contoso.com")
            #expect(kept?.account?.text == "CONTOSO\\svc-proxy")

            let off = try await running.client.post(
                "/servers/\(Known.untold)/proxy",
                [
                    ("proxy.use.shown", "true"), ("proxy.port", "80"),
                    ("revision", String(try running.store.revision(Known.untold))),
                ])
            #expect(off.status == 303)
            #expect(try running.store.record(Known.untold)?.proxy.intended == .off)
        }
    }

    @Test(arguments: [
        ("proxy.port=1&proxy.port=2", "was sent twice"),
        ("proxy.prot=1", "does not know"),
        ("proxy.server=%FF", "not text"),
        ("proxy.server=a%00b", "not text"),
        ("proxy.server=a%4", "not text"),
        ("proxy.server=" + String(repeating: "a", count: 2000), "255 characters or fewer"),
        ("reason=" + String(repeating: "a", count: 501), "500 characters or fewer"),
        ("server.name=other.contoso.com", "does not know"),
        ("proxy.server.shown=true", "does not know"),
        (String(repeating: "a=1&", count: 300), "more than 200"),
    ])
    func whatNoPageSendsIsAFinding(body: String, words: String) async throws {
        try await withPortal { running in
            let revision = try running.store.revision(Known.server)
            let before = try running.store.numberOfSets
            let reply = try await running.client.post(Self.proxy, body: "revision=\(revision)&" + body)
            #expect(reply.status == 422)
            #expect(reply.body.contains(words))
            #expect(Markup(reply.body).brokenReferences == [])
            #expect(try running.store.numberOfSets == before)
            #expect(try await running.client.get("/health/live").status == 200)
        }
    }

    @Test func manyUnknownControlsAreToldOnce() async throws {
        try await withPortal { running in
            for (number, words) in [(150, "150 controls that this page does not know"), (250, "more than 200")] {
                let names = (1...number).map { ("x\($0)", "1") }
                let reply = try await running.client.post(Self.proxy, try Self.typed(running) + names)
                #expect(reply.status == 422)
                #expect(reply.body.contains(words) && reply.body.contains("“x1”, “x2”, “x3”"))
                #expect(reply.body.components(separatedBy: "this page does not know").count == 2)
            }
        }
    }

    @Test(arguments: [
        ([("role.remove.SMS Nothing", "true")], "does not know"),
        ([("role.remove.SMS Nothing.shown", "true")], "does not know"),
        ([("role.add", "Contoso Own Role")], "does not offer"),
        ([("role.add", "SMS Management Point "), ("serviceConnectionPoint.mode", "online")], "does not"),
        ([("softwareUpdatePoint.httpPort", "8530")], "does not know"),
    ])
    func whatTheRolesTabDoesNotHaveIsAFinding(controls: [(String, String)], words: String) async throws {
        try await withPortal { running in
            let address = "/servers/\(Known.untold)/roles"
            let revision = String(try running.store.revision(Known.untold))
            let before = try running.store.numberOfSets
            let reply = try await running.client.post(address, controls + [("revision", revision)])
            #expect(reply.status == 422)
            #expect(reply.body.contains(words))
            #expect(Markup(reply.body).brokenReferences == [])
            #expect(try running.store.numberOfSets == before)
        }
    }

    @Test func aRolesFormFromBeforeARoleWasTakenOutIsToldSo() async throws {
        try await withPortal { running in
            let address = "/servers/\(Known.server)/roles"
            let stale = Markup(try await running.client.get(address).body).controlsOfFirstForm
            let role = "role.remove.SMS Dmp Connector"
            let removed = try await running.client.post(
                address, [(role, "true"), ("revision", String(try running.store.revision(Known.server)))])
            #expect(removed.status == 303)
            #expect(try await running.client.post(address, stale).status == 409)
        }
    }

    @Test func otherContentTypesAndLongBodiesAreRefused() async throws {
        try await withPortal { running in
            for type in ["application/json", "multipart/form-data; boundary=x", "text/plain", ""] {
                let reply = try await running.client.post(
                    Self.proxy, body: "revision=1", headers: ["Content-Type": type])
                #expect(reply.status == 415)
            }
            let long = String(repeating: "a", count: 2 << 20)
            #expect(try await running.client.post(Self.proxy, body: "proxy.server=" + long).status == 413)
        }
    }

    @Test func halfABodyStoresNothing() async throws {
        try await withPortal { running in
            let before = try running.store.numberOfSets
            let body = "proxy.port=9999&revision=\(try running.store.revision(Known.server))"
            let head =
                "POST \(Self.proxy) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: \(body.utf8.count + 10)\r\n\r\n"
            let bytes = try await running.client.exchange(
                Array((head + body).utf8), patience: 5, endsAfterSending: true)
            #expect(!String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 30"))
            #expect(try running.store.numberOfSets == before)
            #expect(try await running.client.get("/health/live").status == 200)
        }
    }

    @Test func aBodyThatDoesNotArriveInTimeEndsTheConnection() async throws {
        try await withPortal { settings in
            settings.requestDeadline = .milliseconds(300)
        } _: { running in
            let head =
                "POST \(Self.proxy) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 100\r\n\r\nproxy.port=1"
            let reply = try await running.client.send(head, patience: 8)
            #expect(reply.status == 408)
            #expect(reply.headers["connection"] == "close")
        }
    }

    @Test func aBusyStoreKeepsWhatWasTyped() async throws {
        try await withPortal { running in
            running.store.failWrites(with: .busy)
            let reply = try await running.client.post(Self.proxy, try Self.typed(running, ["proxy.port": "8099"]))
            #expect(reply.status == 503)
            #expect(reply.headers["retry-after"] != nil)
            let kept = Markup(reply.body).controlsOfFirstForm
            running.store.failWrites(with: nil)
            #expect(try await running.client.post(Self.proxy, kept).status == 303)
            #expect(try running.store.record(Known.server)?.proxy.intended?.configuration?.port.number == 8099)
        }
    }

    @Test func theCauseOfAFailureReachesTheLogAndNotTheVisitor() async throws {
        try await withPortal { running in
            running.store.failWrites(with: .storage(cause: "disk sector 12 of /secret/place"))
            let reply = try await running.client.post(Self.proxy, try Self.typed(running, ["proxy.port": "8099"]))
            #expect(reply.status == 500)
            #expect(!reply.body.contains("secret"))
            #expect(reply.body.contains(try #require(reply.headers["x-request-id"])))
            #expect(running.log.lines.contains { $0.contains("/secret/place") })
            let kept = Markup(reply.body).controlsOfFirstForm
            running.store.failWrites(with: nil)
            #expect(try await running.client.post(Self.proxy, kept).status == 303)
            #expect(try running.store.record(Known.server)?.proxy.intended?.configuration?.port.number == 8099)
        }
    }
}
