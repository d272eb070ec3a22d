import NIOCore
import Pages

// The upload's parts, as they arrive.
extension OpenImport {
    func beginUpload(_ boundary: MultipartBoundary) { multipart = MultipartReader(boundary) }

    /// Reads a piece of the upload.
    ///
    /// - Throws: ``Refusal`` where it is no upload of the portal's form, or what the staging failed with.
    func takeUpload(_ piece: ByteBuffer) throws {
        guard var reader = multipart else { return }
        note { $0.bytes += Int64(piece.readableBytes) }
        do {
            try piece.withUnsafeReadableBytes { bytes in try reader.feed(bytes) { try take($0) } }
        } catch let fault as MultipartFault {
            throw Refusal.badUpload(fault)
        }
        multipart = reader
    }

    func endUpload() throws {
        do {
            try multipart?.finish()
        } catch let fault as MultipartFault {
            throw Refusal.badUpload(fault)
        }
        multipart = nil
        try finishReading()
    }

    private func take(_ event: MultipartReader.Event) throws {
        switch event {
        case .begin(let part):
            guard part.name == ImportPage.fileControl, let name = part.fileName else {
                throw Refusal.badRequest("The form has a control that the page does not know. Open the page again.")
            }
            // A browser sends an empty part without a name when no file was chosen.
            if !name.isEmpty { beginFile(named: name) }
        case .data(let bytes): try take(bytes)
        case .end: try endFile()
        }
    }
}

extension Refusal {
    fileprivate static func badUpload(_ fault: MultipartFault) -> Refusal {
        .badRequest("The upload could not be read. \(fault.sentence) Nothing was changed.")
    }
}
