import ArgumentParser

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serves the portal.")

    @OptionGroup var shared: SharedFlags

    func run() async throws {}
}
