import Domain
import Manual
import Templating

/// How many flows of a kind there are, as a page counts them.
public struct FlowNumber: Sendable, Equatable {
    let flow: TrafficFlowID
    let route: FlowRoute
    let number: Int

    public init(flow: TrafficFlowID, route: FlowRoute, number: Int) {
        self.flow = flow
        self.route = route
        self.number = number
    }
}

/// Flows counted by what they are and by their way out; each number leads to the list of those it counts.
struct FlowCountTable: Sendable {
    let caption: String
    let numbers: [FlowNumber]
    /// The list that holds all that are counted.
    let address: FlowListAddress

    private struct Cell: Hashable {
        let flow: TrafficFlowID
        let route: FlowRoute
    }

    var model: TemplateModel {
        var sums: [Cell: Int] = [:]
        for number in numbers { sums[Cell(flow: number.flow, route: number.route), default: 0] += number.number }
        let flows = TrafficFlowID.allCases.filter { flow in sums.keys.contains { $0.flow == flow } }
        let routes = FlowRoute.allCases.filter { route in sums.keys.contains { $0.route == route } }
        return [
            .caption: .text(caption), .hasRows: .flag(!flows.isEmpty),
            .columns: .list(
                routes.map { route in [.title: .text(route.title), .link: .text(link { $0.route = route })] }),
            .rows: .list(
                flows.map { flow in
                    [
                        .title: .text(flow.title), .link: .text(link { $0.flow = flow }),
                        .cells: .list(routes.map { cell(Cell(flow: flow, route: $0), sums) }),
                    ]
                }),
        ]
    }

    private func cell(_ cell: Cell, _ sums: [Cell: Int]) -> TemplateModel {
        let sum = sums[cell] ?? 0
        let link = link {
            $0.flow = cell.flow
            $0.route = cell.route
        }
        return [
            .count: .text(String(sum)), .link: .optional(sum == 0 ? nil : link),
            .label: .text("\(cell.flow.title), \(cell.route.title)"),
        ]
    }

    private func link(_ change: (inout FlowListAddress) -> Void) -> String {
        address.with {
            $0.flow = nil
            $0.route = nil
            $0.text = ""
            change(&$0)
        }.link
    }
}
