import CLibXML2
import Domain

/// Reads the records of one format out of a document's elements.
protocol RecordFormat: DocumentSink {
    /// Says what can only be said at the end of the document.
    func finish() throws
}

/// A document whose format its first element tells.
final class Document: DocumentSink {
    private let report: Report
    private var format: (any RecordFormat)?
    /// The namespace of the root element, by libxml2's own pointer: equal names share one.
    private var namespace: UnsafePointer<xmlChar>?

    init(report: Report) { self.report = report }

    func start(_ tag: StartTag) throws {
        if let format {
            if tag.namespace != namespace { try refuseInclusion(tag) }
            return try format.start(tag)
        }
        try refuseInclusion(tag)
        namespace = tag.namespace
        let format = try recognise(tag)
        self.format = format
        try format.start(tag)
    }

    func end() throws { try format?.end() }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws { try format?.text(bytes) }
    func finish() throws { try format?.finish() }

    private func recognise(_ root: StartTag) throws -> any RecordFormat {
        switch (root.nameText, root.namespaceText) {
        case ("Objs", CLIXMLFormat.namespace):
            report.summary.format = .clixml
            return CLIXMLFormat(report: report)
        case ("configuration", OwnXMLFormat.namespace):
            report.summary.format = .proxydesk
            return OwnXMLFormat(report: report)
        case (let name, let namespace):
            throw Refusal(.importOtherFile, at: root.position, OtherRoot.sentence(name, namespace: namespace))
        }
    }

    private func refuseInclusion(_ tag: StartTag) throws {
        guard let namespace = tag.namespaceText, namespace.contains("/XInclude") else { return }
        throw Refusal(
            .xmlXinclude, at: tag.position,
            "The file asks for another file to be included (XInclude), which the portal never does. Remove the element.")
    }
}
