import NIOCore
import Pages

// The upload's parts, as they arrive.
extension OpenImport: UploadTaker {
    nonisolated var arrived: Int64 { progress.bytes }

    func beginUpload(_ boundary: MultipartBoundary) { multipart = MultipartParser(boundary: boundary) }

    /// Reads a piece of the upload.
    ///
    /// - Throws: ``Refusal`` where it is no upload of the portal's form, ``ImportGone`` when it was cancelled, or what the
    ///   staging failed with.
    func takeUpload(_ piece: ByteBuffer) throws {
        if isDiscarded { throw ImportGone() }
        guard var parser = multipart else { return }
        note { $0.bytes += Int64(piece.readableBytes) }
        do {
            try piece.withUnsafeReadableBytes { bytes in try parser.feed(bytes) { try take($0) } }
        } catch let refusal as MultipartRefusal {
            throw Refusal(refusal)
        }
        multipart = parser
    }

    func endUpload() throws {
        if isDiscarded { throw ImportGone() }
        do {
            try multipart?.finish()
        } catch {
            throw Refusal(error)
        }
        multipart = nil
        try finishReading()
    }

    private func take(_ event: MultipartEvent) throws {
        switch event {
        case .begin(let part):
            guard part.name == ImportPage.fileControl, let name = part.fileName else {
                throw Refusal.badRequest("The form has a control that the page does not know. Open the page again.")
            }
            // A browser sends an empty part without a name when no file was chosen.
            if !name.isEmpty { beginFile(named: name) }
        case .content(let bytes): try take(bytes)
        case .end: try endFile()
        }
    }
}

extension Refusal {
    init(_ refusal: MultipartRefusal) {
        self =
            refusal == .notMultipart
            ? .noUpload : .badRequest("The upload could not be read. \(refusal.sentence) Nothing was changed.")
    }
}
