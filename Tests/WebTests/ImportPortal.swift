import Domain
import Foundation
import SQLiteStore
import TestSupport
import Web
import Workflow

/// A real server over a real data folder: what imports in the browser need.
struct ImportPortal: Sendable {
    let client: HTTPClient
    let store: SQLiteStore
    let path: String
    let log: LogLines

    /// Sends files the way a browser's form does.
    func upload(_ files: [(name: String, text: String)]) async throws -> HTTPClient.Reply {
        let boundary = "----test\(files.count)boundary"
        let parts = files.map { file in
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n"
                + "Content-Type: text/xml\r\n\r\n\(file.text)\r\n"
        }
        return try await client.post(
            "/import", body: parts.joined() + "--\(boundary)--\r\n",
            headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"])
    }

    /// The address of the preview that an upload leads to.
    func previewing(_ items: [ServerItem], roles: [RoleItem] = [], file: String = "site.xml") async throws -> String {
        let reply = try await upload([(file, ServerItem.file(items, roles: roles))])
        guard reply.status == 303, let location = reply.location else { throw NoPreview(reply: reply.body) }
        return location
    }

    func page(_ address: String) async throws -> Markup { Markup(try await client.get(address).body) }

    /// Sends the preview's own form, with some of its boxes ticked.
    func decide(
        _ address: String, _ choices: [(String, String)] = [], button: String? = nil
    ) async throws -> HTTPClient.Reply {
        let controls = try await page(address).controlsOfFirstForm.filter { control in
            !choices.contains { $0.0 == control.0 }
        }
        return try await client.post(
            address + "/confirm", controls + choices + (button.map { [($0, "true")] } ?? []))
    }

    /// The address of the latest import that is open.
    func openImport() async throws -> String {
        let links = try await page("/import").values(of: "href")
        guard let link = links.first(where: { $0.hasPrefix("/imports/") }) else {
            throw NoPreview(reply: "none is open")
        }
        return link
    }

    func server(_ name: String) throws -> ServerRecord? {
        try store.read { reading in try HostName.check(name, label: "").value.flatMap { try reading.server($0) } }
    }

    var stagedFiles: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path + "/staging")) ?? []
    }
}

/// Runs a portal over a new data folder for as long as `body` takes.
func withImportPortal(
    _ change: (inout WebSettings) -> Void = { _ in }, _ body: @escaping @Sendable (ImportPortal) async throws -> Void
) async throws {
    let path = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = try SQLiteStore(folder: DataFolder(path: path, use: .shared))
    try await serve(store, change) { client, log in
        try await body(ImportPortal(client: client, store: store, path: path, log: log))
    }
}

/// An upload that led to no preview.
struct NoPreview: Error {
    let reply: String
}
