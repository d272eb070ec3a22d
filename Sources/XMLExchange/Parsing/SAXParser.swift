import CLibXML2
import Domain

/// libxml2's push parser, for documents in UTF-8 that `MarkupScan` has passed.
///
/// The network, external and internal entities, XInclude and recovery stay off. Errors are kept per context and told in
/// our own words, because libxml2's messages quote the document.
///
/// What a million events touch is not checked for exclusive access: libxml2 never calls back from within a call back.
final class SAXParser {
    /// Where start tags begin; the gate moves it along ahead of the parser.
    @exclusivity(unchecked) private(set) var scan = MarkupScan()
    /// Whether the document's element has ended.
    private(set) var hasEnded = false

    private let recognise: (StartTag) throws -> any RecordFormat
    @exclusivity(unchecked) private var format: (any RecordFormat)?
    /// The root's namespace, by libxml2's own pointer: equal names share one.
    @exclusivity(unchecked) private var namespace: UnsafePointer<xmlChar>?
    private let context: xmlParserCtxtPtr
    @exclusivity(unchecked) private var depth = 0
    /// The depth of the element of another namespace that is being passed over; 0 when none is.
    @exclusivity(unchecked) private var foreignDepth = 0
    @exclusivity(unchecked) private var failure: (any Error)?
    /// libxml2's first error: its number and where it was met.
    private var complaint: (code: UInt32, position: Position)?

    private static let prepared: Void = xmlInitParser()

    /// - Parameter recognise: finds the format by the root element, or throws the refusal that names the document.
    init(recognise: @escaping (StartTag) throws -> any RecordFormat) {
        _ = Self.prepared
        self.recognise = recognise
        var handler = Self.handler()
        // Returns nil only when memory has run out, when nothing could be told either.
        context = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil)!
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        // IGNORE_ENC: the bytes are UTF-8 by now, whatever the declaration says.
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_COMPACT.rawValue
        xmlCtxtUseOptions(context, Int32(options))
    }

    deinit { xmlFreeParserCtxt(context) }

    func scanning(_ body: (inout MarkupScan) throws(Refusal) -> Void) throws(Refusal) { try body(&scan) }

    /// Parses more of the document. Throws what the format threw, or a `Refusal`.
    func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard !bytes.isEmpty else { return }
        try bytes.withMemoryRebound(to: CChar.self) { bytes in
            try judge(xmlParseChunk(context, bytes.baseAddress, Int32(bytes.count), 0))
        }
        try checkNames()
    }

    /// Ends the document, which must be complete.
    func finish() throws {
        if !scan.isBetweenMarkup { throw truncated() }
        let code = xmlParseChunk(context, nil, 0, 1)
        if !hasEnded, failure == nil, complaint.map({ Self.meansMissingEnd($0.code) }) ?? true {
            throw depth > 0
                ? truncated() : Refusal(.xmlEmpty, at: .start, "The file holds no element. Run the export again.")
        }
        try judge(code)
        try format?.finish()
    }

    /// Bounds what libxml2 keeps: its dictionary has a fixed number of chains, so that its work would grow with the square
    /// of the names.
    private func checkNames() throws(Refusal) {
        guard Int(xmlDictSize(context.pointee.dict)) > Limit.names else { return }
        throw Refusal(
            .xmlLimitNames, at: scan.position,
            "The file has more than 10,000 different names of elements and attributes up to here. No export has: "
                + "run the portal's export script and import the file it writes.")
    }

    /// Whether libxml2 only misses what should have followed.
    private static func meansMissingEnd(_ code: UInt32) -> Bool {
        [XML_ERR_DOCUMENT_EMPTY, XML_ERR_DOCUMENT_END, XML_ERR_TAG_NOT_FINISHED].contains { $0.rawValue == code }
    }

    func trailing(at position: Position?) -> Refusal {
        Refusal(
            .xmlTrailing, at: position,
            "The file goes on after its last element. Two exports may have been joined: import each as a file of its own."
        )
    }

    private func truncated() -> Refusal {
        Refusal(
            .xmlTruncated, at: scan.position,
            "The file ends in the middle of an element: it was cut short. Copy or export it again.")
    }

    private func judge(_ code: Int32) throws {
        if let failure { throw failure }
        if let complaint { throw refusal(complaint.code, at: complaint.position) }
        if context.pointee.wellFormed == 0 { throw refusal(UInt32(bitPattern: code), at: scan.position) }
    }

    private func refusal(_ code: UInt32, at position: Position) -> Refusal {
        switch xmlParserErrors(rawValue: code) {
        case XML_ERR_DOCUMENT_END where hasEnded: return trailing(at: position)
        case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY, XML_ERR_ENTITYREF_SEMICOL_MISSING,
            XML_ERR_ENTITY_LOOP, XML_ERR_UNPARSED_ENTITY:
            return Refusal(
                .xmlEntity, at: position,
                "The file refers to an entity (&…;) that XML itself does not define. Write the character itself, or export again."
            )
        case XML_ERR_XMLDECL_NOT_FINISHED, XML_ERR_VERSION_MISSING, XML_ERR_UNKNOWN_VERSION:
            return Refusal(.xmlDeclaration, at: position, "The XML declaration is malformed. Export the file again.")
        default:
            return Refusal(
                .xmlMalformed, at: position,
                "The file is not well-formed XML here\(Self.detail(code)). Mend this place, or export the file again.")
        }
    }

    /// What is wrong, for the errors people meet.
    private static func detail(_ code: UInt32) -> String {
        switch xmlParserErrors(rawValue: code) {
        case XML_ERR_TAG_NAME_MISMATCH: ": an end tag does not fit its start tag"
        case XML_ERR_ATTRIBUTE_REDEFINED: ": an attribute is there twice"
        case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF: ": a character that XML does not allow"
        case XML_ERR_NAME_REQUIRED: ": a < or & that begins nothing; as text they are written &lt; and &amp;"
        case XML_NS_ERR_UNDEFINED_NAMESPACE: ": a prefix that no namespace is declared for"
        case XML_ERR_LT_IN_ATTRIBUTE: ": a < in an attribute; as text it is written &lt;"
        default: ""
        }
    }
}

// What libxml2 calls. Nothing may throw through C, so the first error is kept and the parser stopped.
extension SAXParser {
    fileprivate func start(_ tag: StartTag, namespaceCount: Int) throws {
        depth += 1
        if depth > Limit.depth {
            throw Refusal(
                .xmlLimitDepth, at: tag.position,
                "More than \(Limit.depth) elements stand inside one another here. No export is that deep: export the file again."
            )
        }
        if tag.attributeCount + namespaceCount > Limit.attributes {
            throw Refusal(
                .xmlLimitAttributes, at: tag.position,
                "An element has more than \(Limit.attributes) attributes here. No export has: export the file again.")
        }
        if tag.namespace != namespace || format == nil { try refuseInclusion(tag) }
        if foreignDepth > 0 { return }
        if format == nil {
            namespace = tag.namespace
            format = try recognise(tag)
        } else if tag.namespace != namespace, format?.seesForeignElements == false {
            foreignDepth = depth
            return
        }
        try format?.start(tag)
    }

    private func refuseInclusion(_ tag: StartTag) throws {
        guard let namespace = tag.namespaceText, namespace.contains("/XInclude") else { return }
        throw Refusal(
            .xmlXinclude, at: tag.position,
            "The file asks for another file to be included (XInclude), which the portal never does. Remove the element."
        )
    }

    fileprivate func end() throws {
        depth -= 1
        if depth == 0 { hasEnded = true }
        guard foreignDepth == 0 else {
            if depth < foreignDepth { foreignDepth = 0 }
            return
        }
        try format?.end()
    }

    fileprivate func nextStart() -> Position { scan.nextStart() }

    fileprivate func attempt(_ body: () throws -> Void) {
        guard failure == nil else { return }
        do { try body() } catch {
            failure = error
            xmlStopParser(context)
        }
    }

    fileprivate func complain(_ error: xmlError) {
        guard complaint == nil, failure == nil, error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        // A namespace's name is a name: XML does not ask whether it is a URI.
        if error.code == Int32(XML_WAR_NS_URI.rawValue) { return }
        let position = Position(line: max(1, Int(error.line)), column: max(1, Int(error.int2)))
        complaint = (UInt32(bitPattern: error.code), position)
    }

    fileprivate func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        if foreignDepth == 0 { try format?.text(bytes) }
    }

    /// Calls back into the parser that owns a context, without counting a reference for each of a million calls.
    private static func with(_ context: UnsafeMutableRawPointer?, _ body: (SAXParser) -> Void) {
        guard let context else { return }
        Unmanaged<SAXParser>.fromOpaque(context)._withUnsafeGuaranteedRef(body)
    }

    private static func handler() -> xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { context, name, _, namespace, namespaceCount, _, attributeCount, _, attributes in
            guard let name else { return }
            SAXParser.with(context) { parser in
                let tag = StartTag(
                    position: parser.nextStart(), name: name, namespace: namespace,
                    attributeCount: Int(attributeCount), attributes: attributes)
                parser.attempt { try parser.start(tag, namespaceCount: Int(namespaceCount)) }
            }
        }
        handler.endElementNs = { context, _, _, _ in
            SAXParser.with(context) { parser in parser.attempt { try parser.end() } }
        }
        let takeText: charactersSAXFunc = { context, bytes, count in
            let text = UnsafeBufferPointer(start: bytes, count: Int(count))
            SAXParser.with(context) { parser in parser.attempt { try parser.text(text) } }
        }
        handler.characters = takeText
        handler.ignorableWhitespace = takeText
        handler.cdataBlock = takeText
        handler.internalSubset = { context, _, _, _ in
            SAXParser.with(context) { parser in
                parser.attempt { throw Refusal(.xmlDoctype, at: nil, "The file has a DOCTYPE. Remove it.") }
            }
        }
        handler.serror = { context, error in
            guard let error else { return }
            SAXParser.with(context) { $0.complain(error.pointee) }
        }
        return handler
    }
}
