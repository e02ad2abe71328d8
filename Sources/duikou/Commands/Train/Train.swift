import ArgumentParser

/// What plugins can learn from texts in which people have marked what is there.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train what plugins find names with.", subcommands: [TaggerCommand.self])
}
