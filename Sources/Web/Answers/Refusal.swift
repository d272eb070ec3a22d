import HTTPTypes
import Pages
import Workflow

/// Why a request gets a page that is not the one it asked for. A closed list, so that each has its status and its words.
enum Refusal: Error {
    case badRequest(String)
    case notFound
    case noServer(String)
    /// A server that was taken out; its history stays.
    case removedServer(String)
    case noSite(String)
    /// A proxy that no server is meant to use.
    case noProxy(String)
    case wrongMethod(allowed: String)
    case wrongHost
    case otherOrigin
    case forbidden
    case wrongContentType
    /// An upload that is no form with files.
    case noUpload
    case bodyTooLong(limit: Int)
    case bodyTooSlow
    /// The store could not take what was sent just now; it is kept.
    case busy(ErrorPage.Resend?)
    /// The disk or the database did not take what was sent; it is kept. The cause is for the log alone.
    case notStored(ErrorPage.Resend?, cause: String)
    case exportsRunning
    /// The sample only goes into an empty portal.
    case notEmpty
    /// Imports wait for a decision.
    case importsOpen
    /// Another import is being read.
    case importRunning
    /// Too many imports wait for a decision.
    case tooManyImports
    case uploadTooLong(limit: Int)
    /// An import that was decided, or is too old.
    case noImport
    /// A wizard's draft that was removed, or is too old.
    case noWizard
    /// A draft that adds roles to a server that was taken out.
    case wizardWithoutServer(String, draft: String)
    /// The data folder wants something done on the command line first.
    case needsCommand(String)
    case unexpected

    var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .notFound, .noServer, .removedServer, .noSite, .noImport, .noWizard, .noProxy,
            .wizardWithoutServer:
            .notFound
        case .wrongMethod: .methodNotAllowed
        case .wrongHost: .misdirectedRequest
        case .otherOrigin, .forbidden: .forbidden
        case .wrongContentType, .noUpload: .unsupportedMediaType
        case .bodyTooLong, .uploadTooLong: .contentTooLarge
        case .tooManyImports, .notEmpty, .importsOpen: .conflict
        case .bodyTooSlow: .requestTimeout
        case .busy, .exportsRunning, .importRunning: .serviceUnavailable
        case .needsCommand, .notStored, .unexpected: .internalServerError
        }
    }

    /// What the rest of the request is of no use for.
    var closesConnection: Bool {
        switch self {
        case .badRequest, .wrongHost, .otherOrigin, .wrongContentType, .noUpload, .bodyTooLong, .bodyTooSlow,
            .wrongMethod,
            .importRunning, .tooManyImports, .uploadTooLong:
            true
        default: false
        }
    }

    /// Whether nothing has this address; the manual may still have its words.
    var isUnknownAddress: Bool {
        if case .notFound = self { true } else { false }
    }

    var title: String {
        switch self {
        case .badRequest: "This request could not be read"
        case .notFound: "There is no such page"
        case .noServer(let name): "The portal has no server \(name.shortened)"
        case .removedServer(let name), .wizardWithoutServer(let name, _):
            "\(name.shortened) was removed from the portal"
        case .noSite(let code): "The portal has no site \(code.shortened)"
        case .noProxy(let address): "No server is meant to use \(address.shortened)"
        case .wrongMethod: "This address does not take what was sent"
        case .wrongHost: "The portal does not answer under this name"
        case .otherOrigin: "This form was not sent from the portal"
        case .forbidden: "You may not do this"
        case .wrongContentType, .noUpload: "The form came in another format"
        case .bodyTooLong: "The form is too long"
        case .bodyTooSlow: "The form did not arrive in time"
        case .busy: "Somebody else is saving"
        case .notStored: "The portal could not save this"
        case .exportsRunning: "Too many exports are running"
        case .notEmpty: "The portal has data already"
        case .importsOpen: "Imports are open"
        case .importRunning: "Another import is being read"
        case .tooManyImports: "Too many imports are open"
        case .uploadTooLong: "The files are too large"
        case .noImport: "There is no such import"
        case .noWizard: "There is no such draft"
        case .needsCommand: "The data folder needs a command first"
        case .unexpected: "Something went wrong here"
        }
    }

    var text: String {
        switch self {
        case .badRequest(let why): why
        case .notFound: "Check the address, search the manual for its words, or start from the overview."
        case .noServer:
            "It may have been removed, or have another name. Names are whole: a short name is another server."
        case .removedServer: "Nothing is stored of it now but its history. An export of its site may bring it back."
        case .noSite: "It may have been removed, or have another code."
        case .noProxy:
            "Its servers may have another proxy now. A proxy stands here as long as a server is meant to use it."
        case .wrongMethod(let allowed): "It takes \(allowed). Open it as a page and send its form from there."
        case .wrongHost: "Use an address with 127.0.0.1, [::1] or localhost."
        case .otherOrigin:
            "Another page tried to change something here, or the browser withheld where the form came from. "
                + "Nothing was changed. Open the portal itself and enter the change there."
        case .forbidden: "Nothing was changed."
        case .wrongContentType:
            "The portal takes forms as browsers send them (application/x-www-form-urlencoded). "
                + "Nothing was changed."
        case .noUpload: MultipartRefusal.notMultipart.sentence + " Nothing was changed."
        case .bodyTooLong(let limit): "A form may have \(limit / 1024) KiB. Nothing was changed."
        case .bodyTooSlow: "The connection was too slow or was interrupted. Nothing was changed."
        case .busy:
            "Another save or an import kept the data longer than the portal waits. Nothing was changed. "
                + "Wait a moment, then send it again."
        case .notStored:
            "Writing to the data folder failed; the disk may be full. Nothing was changed. The cause is in the portal’s "
                + "log under the number below. When it is mended, send this again."
        case .exportsRunning: "Wait until another download has ended, then open this one again."
        case .notEmpty: "The sample only goes into an empty portal. Nothing was changed."
        case .importsOpen:
            "They wait to be confirmed or cancelled. Decide on them first, then load the sample. Nothing was changed."
        case .importRunning:
            "The portal reads one import at a time. Nothing of yours was read or changed. Wait until the other has been read, "
                + "then choose your file again."
        case .tooManyImports:
            "Imports that wait to be confirmed are kept, and there are as many as the portal keeps. Confirm or cancel one, then "
                + "choose your file again."
        case .uploadTooLong(let limit):
            "An upload may have \(limit >> 20) MiB. Nothing was changed. Export one site at a time, or import the file on the "
                + "command line, which has no limit: proxydesk import FILE."
        case .noImport:
            "It was confirmed or cancelled, waited longer than a day, or the portal was restarted. Import the file again."
        case .noWizard:
            "The wizard was cancelled, or nobody went on with it for 30 days. Begin it again on the server, or create a server."
        case .wizardWithoutServer:
            "This draft adds roles to it, and cannot go on without it. Cancel the draft, or import an export of its site: if the server "
                + "is in there, the draft goes on."
        case .needsCommand(let sentence): sentence
        case .unexpected:
            "Nothing was changed by this request. The cause is in the portal’s log under the number below."
        }
    }

    var links: [(title: String, link: String)] {
        switch self {
        case .noServer(let name):
            var list = ServerListAddress()
            list.text = String(name.prefix { $0 != "." })
            return [
                ("Find servers with a name like this", list.link), ("All servers", Route.servers.path),
                ("Create Site System Server", Route.newServer.path),
            ]
        case .removedServer(let name):
            return [
                ("History of \(name.shortened)", Route.server(name, .history).path),
                ("All servers", Route.servers.path), ("Create Site System Server", Route.newServer.path),
            ]
        case .importRunning: return [("Try again", Route.importing.path)]
        case .tooManyImports, .uploadTooLong, .noImport, .notEmpty, .importsOpen:
            return [("Go to the imports", Route.importing.path), ("All changes", Route.changes.path)]
        case .noWizard:
            return [("All servers", Route.servers.path), ("Create Site System Server", Route.newServer.path)]
        case .wizardWithoutServer(let name, let draft):
            return [
                ("Cancel the draft", Route.cancelWizard(draft).path),
                ("History of \(name.shortened)", Route.server(name, .history).path),
                ("All servers", Route.servers.path),
            ]
        case .noProxy: return [("All proxies in use", Route.proxies.path), ("All servers", Route.servers.path)]
        case .noSite: return [("All sites", Route.sites.path), ("Add a site", Route.newSite.path)]
        default: return []
        }
    }

    var resend: ErrorPage.Resend? {
        switch self {
        case .busy(let resend): resend
        case .notStored(let resend, _): resend
        default: nil
        }
    }

    /// Reads a failure of the program; nil where it is the log that needs to know.
    init?(_ failure: ProgramFailure) {
        switch failure {
        case .busy, .locked: self = .busy(nil)
        case .importRunning: self = .importRunning
        case .schemaOlder: self = .needsCommand("Its schema is older than this program. Run proxydesk migrate.")
        case .schemaNewer: self = .needsCommand("It was written by a newer program. Run that one.")
        case .noData, .foreignFolder, .storage: return nil
        }
    }
}

extension String {
    /// The beginning of a text that came with a request, for a heading.
    fileprivate var shortened: String { count > 80 ? prefix(80) + "…" : self }
}
