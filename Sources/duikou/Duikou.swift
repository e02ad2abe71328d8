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
    subcommands: [
      Analyze.self, Call.self, Plugin.self, Audit.self, TLS.self, Doctor.self, Train.self,
      Sample.self,
    ])

  @OptionGroup var connection: ConnectionOptions
}

/// Where the work is done.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use the daemon at this address: unix:PATH or HOST:PORT. DUIKOU_HOST sets it too.",
      valueName: "address"))
  var host: String?

  @Flag(help: "Speak TLS, with a server whose certificate this machine trusts.")
  var tls = false

  @Option(
    help: ArgumentHelp(
      "Speak TLS, with a server whose certificate this authority has signed. DUIKOU_CA sets it too.",
      valueName: "ca.pem"), completion: .file())
  var ca: String?

  @Option(
    help: ArgumentHelp(
      "The certificate to show to the server. DUIKOU_CERTIFICATE sets it too.",
      valueName: "name.pem"), completion: .file())
  var certificate: String?

  @Option(
    help: ArgumentHelp(
      "The certificate's key. DUIKOU_KEY sets it too.", valueName: "name.key"),
    completion: .file())
  var key: String?

  @Option(
    help: ArgumentHelp(
      "A file with the token to send. DUIKOU_TOKEN holds a token itself.", valueName: "file"),
    completion: .file())
  var tokenFile: String?
}
