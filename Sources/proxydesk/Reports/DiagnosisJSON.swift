import Domain
import LogReading
import Manual

/// What log files say, for programs.
enum DiagnosisJSON {
    static func bytes(_ diagnoses: [LogDiagnosis], _ reference: LogReference) -> [UInt8] {
        var writer = JSONWriter(reserving: 4_096)
        writer.object { writer in
            writer.key("files")
            writer.array { writer in for diagnosis in diagnoses { write(diagnosis, reference, &writer) } }
        }
        return writer.bytes + Array("\n".utf8)
    }

    private static func write(_ diagnosis: LogDiagnosis, _ reference: LogReference, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("file", diagnosis.fileName)
            writer.member("log", diagnosis.log?.name)
            writer.member("format", diagnosis.format.rawValue)
            writer.member("encoding", diagnosis.encoding.rawValue)
            writer.member("bytes", Int(diagnosis.bytes))
            writer.member("lines", diagnosis.lines)
            writer.member("cutLines", diagnosis.cutLines)
            texts("computers", diagnosis.hosts, &writer)
            texts("sites", diagnosis.sites, &writer)
            writer.key("signatures")
            writer.array { writer in
                for found in diagnosis.signatures {
                    writer.object { writer in
                        let signature = found.signature
                        head(signature.id, signature.meaning, reference.link(for: signature), signature.checks, &writer)
                        writer.member("healthy", signature.isHealthy)
                        texts("flows", found.flows.map(\.rawValue), &writer)
                        texts("values", found.values, &writer)
                        write(found.sightings, &writer)
                    }
                }
            }
            unlisted(diagnosis.unlisted, reference, &writer)
            writer.key("codes")
            writer.array { writer in
                for found in diagnosis.codes {
                    writer.object { writer in
                        let code = found.code
                        head(code.id, code.meaning, reference.link(for: code), code.checks, &writer)
                        writer.member("title", code.title)
                        writer.member("hresult", code.hresultText)
                        texts("values", found.values, &writer)
                        texts("flows", found.flows.map(\.rawValue), &writer)
                        write(found.sightings, &writer)
                    }
                }
            }
        }
    }

    private static func unlisted(_ found: [UnlistedFinding], _ reference: LogReference, _ writer: inout JSONWriter) {
        writer.key("unlisted")
        writer.array { writer in
            for found in found {
                writer.object { writer in
                    let code = found.code
                    head(code.text, code.meaning, reference.link(for: code), UnlistedCode.checks, &writer)
                    writer.member("title", code.carried.title)
                    texts("flows", found.flows.map(\.rawValue), &writer)
                    write(found.sightings, &writer)
                }
            }
        }
    }

    private static func head(
        _ id: String, _ meaning: String, _ page: String, _ checks: [String], _ writer: inout JSONWriter
    ) {
        writer.member("id", id)
        writer.member("meaning", meaning)
        writer.member("page", page)
        texts("check", checks, &writer)
    }

    private static func write(_ sightings: LogSightings, _ writer: inout JSONWriter) {
        writer.member("count", sightings.count)
        writer.member("first", sightings.first?.text)
        writer.member("last", sightings.last?.text)
        writer.key("samples")
        writer.array { writer in
            for sample in sightings.samples {
                writer.object { writer in
                    writer.member("line", sample.line)
                    writer.member("component", sample.component)
                    writer.member("time", sample.time?.text)
                    writer.member("text", sample.text)
                }
            }
        }
    }

    private static func texts(_ key: String, _ texts: [String], _ writer: inout JSONWriter) {
        writer.key(key)
        writer.array { writer in for text in texts { writer.value(text) } }
    }
}
