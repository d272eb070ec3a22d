/// Why a multipart form is refused. A closed list, so that each has its words.
///
/// Browsers send none of these: what does is another program, or a connection that was cut.
enum MultipartRefusal: Error, Hashable, CaseIterable {
    /// The request is no multipart form at all.
    case notMultipart
    case boundaryMissing
    case boundaryMalformed
    /// Nothing that looked like the boundary came where the first part should begin.
    case noParts
    /// A line begins with the boundary and goes on with something else.
    case boundaryLine
    case tooManyParts
    case headerTooLong
    case headerMalformed
    case headerTwice
    case notFormData
    case nameMissing
    case nameTooLong
    case fileNameTooLong
    case nested
    case transferEncoding
    /// The body ended before the boundary that closes it.
    case cutShort

    /// What is wrong and what to do, for the page that refuses the form.
    var sentence: String {
        switch self {
        case .notMultipart:
            "The files did not come as a form with files (multipart/form-data). Send them from the portal’s import page."
        case .boundaryMissing:
            "The form does not say how its parts are told apart (no boundary). Send it from the portal’s import page."
        case .boundaryMalformed:
            "What tells the form’s parts apart (its boundary) must be 1 to 70 letters, digits and some signs. "
                + "Send the form from the portal’s import page."
        case .noParts: "The form’s parts do not begin where they should. Send it from the portal’s import page."
        case .boundaryLine:
            "A line of the form begins like the line between two parts and then goes on. Send the form again."
        case .tooManyParts: "The form has more parts than the portal takes. Choose fewer files at once."
        case .headerTooLong: "The description of a part of the form is too long. Give the file a shorter name."
        case .headerMalformed:
            "The description of a part of the form cannot be read. Give the file a plain name, or send it from the "
                + "portal’s import page."
        case .headerTwice:
            "A part of the form describes itself twice. Send the form from the portal’s import page."
        case .notFormData:
            "A part of the form is not marked as form data. Send the form from the portal’s import page."
        case .nameMissing: "A part of the form has no name. Send the form from the portal’s import page."
        case .nameTooLong: "The name of a part of the form is too long. Send the form from the portal’s import page."
        case .fileNameTooLong: "The name of a file is too long. Give the file a shorter name."
        case .nested: "A part of the form holds further parts. Choose several files in one control instead."
        case .transferEncoding:
            "A part of the form is marked as encoded for mail (Content-Transfer-Encoding). Send the file as it is."
        case .cutShort: "The form ended before its last part was complete: the connection was cut. Send it again."
        }
    }
}
