import Domain
import HTTPTypes
import Pages
import Workflow

// Imports in the browser: the upload, the preview, and the decision.
extension Portal {
    func importPage(isFirstStart: Bool, form: FormState? = nil, _ visit: Visit) async -> ImportPage {
        let open = await imports.all()
        let isEmpty = (try? store.read { try $0.sites().isEmpty && $0.numberOfServers() == 0 }) ?? false
        let notice =
            visit.asks("emptied")
            ? Notice(
                isSuccess: true, title: "The sample data was removed",
                lines: ["The portal is empty; its history stays readable."], changeSet: visit.number("emptied"))
            : visit.asks("cancelled")
                ? Notice(isSuccess: false, title: "The import was cancelled", lines: ["Nothing was changed."])
                : visit.asks("unchanged") ? Notice.nothingImported : nil
        return ImportPage(
            isFirstStart: isFirstStart, offersSample: isEmpty, imports: open.map { ImportHead($0) },
            uploadLimit: settings.uploadLimit,
            form: form, notice: notice, commandPath: settings.commandPath, dataPath: settings.dataPath)
    }

    /// Reads an upload as it arrives. The comparison begins when all of it is there, and the browser is led to the preview.
    func upload(_ visit: Visit) async throws -> Answer {
        let upload = try Upload(visit, settings)
        let opened = try await imports.begin(announced: upload.announced)
        do {
            try await upload.read(into: opened)
        } catch ProgramFailure.storage(let cause) {
            await imports.discard(opened)
            throw Refusal.notStored(nil, cause: cause)
        } catch is ImportGone {
            var answer = Answer.seeOther(Self.cancelled)
            answer.closesConnection = true
            return answer
        } catch {
            await imports.discard(opened)
            throw error
        }
        if opened.progress.files.isEmpty {
            await imports.discard(opened)
            return try await noFile(visit)
        }
        Task { await opened.compare() }
        return .seeOther(Route.importPreview(opened.id).path)
    }

    private func noFile(_ visit: Visit) async throws -> Answer {
        let finding = Finding(code: .importNothing, severity: .error, message: "Select a file to import.")
        let form = FormState(
            revision: nil, problems: [FormProblem(finding, control: ImportPage.fileControl)])
        var answer = try page(await importPage(isFirstStart: false, form: form, visit))
        answer.status = .unprocessableContent
        return answer
    }

    // MARK: - The preview

    /// How often a page looks whether a comparison has ended, before it says how far it has come: for a second.
    private static let looks = 50

    func importPreview(_ id: String, _ visit: Visit) async throws -> Answer {
        guard let opened = await imports.find(id) else { return try await endedImport(id) }
        // Most comparisons take less than a second: a page of progress would only be in the way.
        for _ in 0..<Self.looks where opened.progress.state == .comparing {
            try await Task.sleep(for: .milliseconds(20))
        }
        let progress = opened.progress
        if let state = progress.state.shown {
            return try page(
                ImportProgressPage(
                    head: ImportHead(opened), state: state, announced: progress.announced, problems: progress.problems))
        }
        do {
            return try await preview(opened, visit)
        } catch is ImportGone {
            return try await endedImport(id)
        }
    }

    private func preview(_ opened: OpenImport, _ visit: Visit) async throws -> Answer {
        let shown = visit.query.first { $0.name == "show" }?.value
        if shown == "problems" { return try await problems(of: opened, FindingFilter(visit.query)) }
        if let group = shown.flatMap(PreviewGroup.init(rawValue:)) {
            return try await records(of: opened, group, visit)
        }
        return try await previewPage(opened, notice: visit.asks("shown") ? .choicesShown : nil)
    }

    private func previewPage(_ opened: OpenImport, form: FormState? = nil, notice: Notice? = nil) async throws -> Answer
    {
        let head = ImportHead(opened)
        let (preview, findings) = try await opened.read { submission in
            (
                try submission.preview(),
                try submission.staging.findings(FindingFilter(), limit: ImportPreviewPage.findingsShown)
            )
        }
        return try page(
            ImportPreviewPage(head: head, preview: preview, findings: findings, form: form, notice: notice))
    }

    private func problems(of opened: OpenImport, _ filter: FindingFilter) async throws -> Answer {
        let head = ImportHead(opened)
        let limit = ImportProblemsPage.findingsPerPage
        var (groups, findings) = try await opened.read { submission in
            (try submission.staging.findingGroups(), try submission.staging.findings(filter, limit: limit + 1))
        }
        let hasMore = findings.count > limit
        if hasMore { findings.removeLast() }
        return try page(
            ImportProblemsPage(head: head, filter: filter, groups: groups, findings: findings, hasMore: hasMore))
    }

    private func records(of opened: OpenImport, _ group: PreviewGroup, _ visit: Visit) async throws -> Answer {
        let head = ImportHead(opened)
        let key = visit.query.first { $0.name == "after" }?.value
        let position = key.map { key in
            PreviewPosition(entity: visit.query.first { $0.name == "entity" }?.value ?? "", key: key)
        }
        let (preview, records) = try await opened.read { submission in
            (
                try submission.preview(),
                try submission.staging.preview(group, after: position, limit: ImportRecordsPage.recordsPerPage)
            )
        }
        return try page(
            ImportRecordsPage(
                head: head, group: group, total: preview.groups[group] ?? 0, page: records, isContinued: key != nil,
                options: preview.options))
    }

    /// Where an import that is open no more has led.
    private func endedImport(_ id: String) async throws -> Answer {
        guard let saved = await imports.savedAs(id) else { throw Refusal.noImport }
        return .seeOther(Self.address(of: saved))
    }

    private static func address(of saved: ImportDesk.Saved) -> String {
        saved.changeSet.map { "\(Route.changeSet($0).path)?saved=\($0)" } ?? Route.importing.path + "?unchanged"
    }

    // MARK: - The decision

    private static let cancelled = Route.importing.path + "?cancelled"

    func cancelImport(_ id: String) async throws -> Answer {
        guard let opened = await imports.find(id) else { return try await endedImport(id) }
        if let saved = await imports.cancel(opened) { return .seeOther(Self.address(of: saved)) }
        return .seeOther(Self.cancelled)
    }

    func confirmImport(_ id: String, _ body: FormBody, _ visit: Visit) async throws -> Answer {
        guard let opened = await imports.find(id) else { return try await endedImport(id) }
        let form = ImportForm(body)
        do {
            return try await decide(opened, form, visit)
        } catch ProgramFailure.storage(let cause) {
            throw Refusal.notStored(
                ErrorPage.Resend(action: visit.route.path, controls: form.reading.sent), cause: cause)
        } catch is ImportGone {
            return .seeOther(Route.importPreview(id).path)
        }
    }

    private func decide(_ opened: OpenImport, _ form: ImportForm, _ visit: Visit) async throws -> Answer {
        let link = Route.importPreview(opened.id).path
        let before = await opened.options()
        let (options, findings) = form.options(before)
        if !form.reading.problems.isEmpty || !findings.isEmpty {
            let state = form.reading.state(revision: opened.progress.comparison, findings)
            var answer = try await previewPage(opened, form: state)
            answer.status = .unprocessableContent
            return answer
        }
        if options != before || form.asksForPreview {
            try await opened.choose(options)
            return .seeOther(form.isAboutOne ? "\(link)?show=\(PreviewGroup.kept.rawValue)" : "\(link)?shown")
        }
        guard let seen = form.reading.revision, seen == opened.progress.comparison else {
            return .seeOther("\(link)?shown")
        }
        return try await save(opened, seen: seen, form, visit)
    }

    /// - Parameter seen: the comparison the person has looked at.
    private func save(_ opened: OpenImport, seen: Int, _ form: ImportForm, _ visit: Visit) async throws -> Answer {
        let request = Workflow.Request(actor: .local, reason: form.reading.reason, id: visit.id)
        switch try await opened.confirm(comparison: seen, request: request) {
        case .saved(let changeSet):
            await imports.end(opened, changeSet: changeSet)
            return .seeOther(Self.address(of: ImportDesk.Saved(id: opened.id, changeSet: changeSet)))
        case .conflict(let changed):
            var answer = try await previewPage(opened, notice: .conflict(changed))
            answer.status = .conflict
            return answer
        case .rejected:
            var answer = try await previewPage(opened)
            answer.status = .unprocessableContent
            return answer
        }
    }
}

extension ImportHead {
    init(_ opened: OpenImport) {
        let progress = opened.progress
        self.init(
            id: opened.id, files: progress.files, format: progress.format, bytes: progress.bytes,
            records: progress.records, began: opened.began, comparison: progress.comparison)
    }
}

extension ImportProgress.State {
    /// What the page of progress calls it; nil when the preview can be shown.
    fileprivate var shown: ImportProgressPage.State? {
        switch self {
        case .reading: .reading
        case .comparing: .comparing
        case .saving: .saving
        case .failed: .failed
        case .waiting: nil
        }
    }
}

extension FindingFilter {
    /// Reads a query's pairs; what is not known filters nothing.
    fileprivate init(_ pairs: [(name: String, value: String)]) {
        self.init()
        for pair in pairs {
            switch pair.name {
            case "severity": severity = Severity(rawValue: pair.value)
            case "code": code = FindingCode(rawValue: pair.value)
            case "q": text = pair.value
            case "start": start = max(0, Int(pair.value) ?? 0)
            default: break
            }
        }
    }
}

extension Notice {
    fileprivate static let choicesShown = Notice(
        isSuccess: false, title: "The preview was made anew",
        lines: ["It shows what your choices would do. Nothing is stored yet: look at it, then confirm."])

    fileprivate static let nothingImported = Notice(
        isSuccess: false, title: "Nothing was changed", lines: ["Everything the file says is stored already."])

    /// Others were faster than whoever looked at the preview.
    fileprivate static func conflict(_ changed: ChangedRecords) -> Notice {
        let more = changed.count - changed.names.count
        let names = changed.names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        return Notice(
            isSuccess: false, title: "The portal was changed since this preview was made",
            lines: [
                "Changed meanwhile: \(names).",
                "Nothing was imported. The preview was made anew from what is stored now: look at it, then confirm.",
            ])
    }
}
