import Domain

extension JSONWriter {
    /// A traffic flow, as `export` and `show` print it (CONTRACTS 7).
    public mutating func flow(_ flow: TrafficFlow) {
        object { writer in
            writer.member("flow", flow.id.rawValue)
            writer.member("role", flow.id.role?.text)
            writer.member("from", flow.from?.text)
            writer.answer(flow.answer)
            writer.key("because")
            writer.array { writer in for reason in flow.because { writer.value(reason.rawValue) } }
            if flow.either.isEmpty { return }
            writer.key("either")
            writer.array { writer in for alternative in flow.either { writer.alternative(alternative) } }
        }
    }

    private mutating func alternative(_ alternative: FlowAlternative) {
        object { writer in
            writer.member("when", alternative.when.rawValue)
            writer.answer(alternative.answer)
        }
    }

    private mutating func answer(_ answer: FlowAnswer) {
        member("route", answer.route.rawValue)
        member("proxy", answer.proxy?.text)
        member("identity", answer.identity?.text)
    }
}
