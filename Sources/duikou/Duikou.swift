import ArgumentParser
import DuikouHost

/// The command line: documents to records and reports, by itself or through a daemon.
@main
struct Duikou: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duikou",
    abstract: "Turns documents of tourism cooperation into records and reports.",
    discussion: """
      Without --host the plugins run in this program; with it, in the daemon behind that address.

      EXAMPLES
        duikou analyze notice.txt
        duikou analyze minutes/ --report html -o minutes.html
        duikou --host unix:/run/duikou.sock analyze notice.txt --format json
        duikou plugin list
        duikou --host unix:/run/duikou.sock call places/Places '{"text": "敖汉旗"}'

      EXIT CODES
        0   all went well
        1   a document could not be read, or something else failed
        2   all documents were read, but a plugin failed on one
        64  the command line is wrong
        65… a method that `duikou call` has called failed: 64 and its gRPC code
      """,
    version: DuikouVersion.current,
    subcommands: [Analyze.self, Call.self, Plugin.self, Doctor.self, Sample.self])

  @OptionGroup var connection: ConnectionOptions
}

/// Where the work is done.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use the daemon at this address: unix:PATH or HOST:PORT. DUIKOU_HOST sets it too.",
      valueName: "address"))
  var host: String?
}
