import Domain

/// Reads the records of one format out of a document's elements.
protocol RecordFormat: AnyObject {
    /// Whether it is shown elements of another namespace than the root's. Where not, they are passed over with all that is in
    /// them: they are none of the format's, whatever their names.
    var seesForeignElements: Bool { get }
    /// Called for the root element first.
    func start(_ tag: StartTag) throws
    func end() throws
    /// A piece of text or character data; an element's text can come in many.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
    /// Says what can only be said at the end of the document.
    func finish() throws
}

extension RecordFormat {
    var seesForeignElements: Bool { false }
}

/// Finds the format of a document by its root element.
enum FormatRecognition {
    /// Throws the `Refusal` that names the document when it is none of ours.
    static func format(of root: StartTag, report: Report) throws -> any RecordFormat {
        switch (root.nameText, root.namespaceText) {
        case ("Objs", CLIXMLFormat.namespace):
            report.summary.format = .clixml
            return CLIXMLFormat(report: report)
        case ("configuration", OwnXMLFormat.namespace):
            report.summary.format = .proxydesk
            return OwnXMLFormat(report: report)
        case ("Objects", nil):
            report.summary.format = .convertToXML
            return ConvertToXMLFormat(report: report)
        case ("CIM", nil), ("COMMAND", nil), ("INSTANCE", nil), ("DECLGROUP", nil):
            report.summary.format = .cimXML
            return CIMXMLFormat(report: report)
        case (let name, let namespace):
            throw Refusal(.importOtherFile, at: root.position, OtherRoot.sentence(name, namespace: namespace))
        }
    }
}
