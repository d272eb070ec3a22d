/// A log file in which a failed connection leaves its traces.
///
/// Source: `content/reference/log-files.yaml`, where each file names its own.
public struct LogFile: Sendable, Equatable {
    /// `ruleengine.log`.
    public let name: String
    /// Who writes it, as a line names it; empty where that is not known.
    public let components: [String]
    /// The computer it is on, in words.
    public let computer: String
    /// The folder it is in.
    public let folder: String
    /// Who writes it, in words.
    public let writer: String
    /// What of proxies is to be seen in it.
    public let shows: String
    /// The traffic flows whose failures it shows.
    public let flows: [TrafficFlowID]
    /// What becomes of a full file, where it differs from what Configuration Manager does; nil where it does not.
    public let rotation: String?
    /// The ids of `content/reference/sources.yaml` that it rests on.
    public let sources: [String]

    public init(
        name: String, components: [String], computer: String, folder: String, writer: String, shows: String,
        flows: [TrafficFlowID], rotation: String?, sources: [String]
    ) {
        self.name = name
        self.components = components
        self.computer = computer
        self.folder = folder
        self.writer = writer
        self.shows = shows
        self.flows = flows
        self.rotation = rotation
        self.sources = sources
    }
}
