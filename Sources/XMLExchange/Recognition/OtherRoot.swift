/// Names documents that are no configuration, by their root element: what an admin picks by mistake.
enum OtherRoot {
    private static let script = "Run the portal's export script and import the file it writes."

    /// The sentence that says what a file with this root is.
    static func sentence(_ name: String, namespace: String?) -> String {
        switch name {
        case "SMS_Roles": "This is an export of security roles from the console. It holds no site systems. \(script)"
        case "SecurityPolicy": "This is an antimalware policy. It holds no site systems. \(script)"
        case "html", "HTML": DocumentStart.htmlSentence
        case "NewDataSet", "DocumentElement", "row", "ROOT", "root":
            "These are rows of a database query in a form that has no fixed columns. Export the rows that Invoke-Sqlcmd gives with "
                + "Export-Clixml instead, or run the portal's export script."
        case "Objs":
            "This has the root of a PowerShell export, Objs, but not PowerShell's namespace. Export it again with Export-Clixml."
        case "configuration": configuration(namespace)
        default:
            """
            The root element \(name.shown) is none the portal reads: it reads Objs, Objects, CIM, COMMAND, INSTANCE, DECLGROUP \
            and configuration. \(script)
            """
        }
    }

    private static func configuration(_ namespace: String?) -> String {
        if let namespace, namespace.hasPrefix("urn:proxydesk:configuration:") {
            return
                "This configuration was written by a newer portal (\(namespace.shown)). Update this portal, then import it."
        }
        return
            "This is a configuration of another program: the portal's own has the namespace \(OwnXMLFormat.namespace). \(script)"
    }
}
