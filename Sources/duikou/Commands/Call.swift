import ArgumentParser
import DuikouAPI
import DuikouClient
import DuikouModel
import DuikouTerminal
import DuikouWire
import GRPCCore

/// Calls methods by the descriptors that the server gives.
struct Call: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Call a method of a daemon, or of any gRPC server with reflection.",
    discussion: """
      Messages are JSON, as protobuf maps them; answers come one a line where nobody is looking, and \
      indented on a terminal. A service may be shortened as long as one is meant: places/Places is \
      org.duikou.places.Methods/Places. The input is JSON, @ and a file, or - for standard input; \
      without it one empty message is sent. A method that takes a stream takes all documents of the \
      input, one behind the other; the call begins when all of it has been read.

      EXAMPLES
        duikou call --list
        duikou call --describe places/Places
        duikou call places/Places '{"text": "敖汉旗"}'
        duikou call Analyses/Analyze --deadline 30s
        duikou --host localhost:7070 call shop.v1.Orders/Put @orders.json -H 'authorization: Bearer …'

      EXIT CODES
        0   the call went well
        1   there was no call (no such method, input that does not fit, nobody at the address), or its
            answer could not be shown
        64  the command line is wrong
        65… the call, or the server's reflection, ended with a gRPC status: 64 and its code, such as 67
            for INVALID_ARGUMENT (3), 68 for DEADLINE_EXCEEDED (4), 76 for UNIMPLEMENTED (12), 78 for
            UNAVAILABLE (14)
      """)

  @ParentCommand var parent: Duikou

  @Argument(
    help: ArgumentHelp(
      "What to call; with --describe a service or a message too.", valueName: "service/method"),
    completion: .custom { arguments, _, prefix in
      await MethodCompletion.candidates(for: prefix, arguments: arguments)
    })
  var method: String?

  @Argument(
    help: ArgumentHelp("What to send.", valueName: "json|@file|-"), completion: .file())
  var input: String?

  @Flag(help: "List services and their methods.")
  var list = false

  @Flag(help: "Show services, methods and messages as .proto files have them.")
  var describe = false

  @Option(
    help: ArgumentHelp(
      "How long to wait for the call's end, such as 500ms, 5s or 2m.", valueName: "time"),
    transform: { try Deadline($0) })
  var deadline: Deadline?

  @Option(
    name: [.customShort("H"), .customLong("header")],
    help: ArgumentHelp(
      "Metadata to send. May be given more than once; what ends with -bin is base64.",
      valueName: "name: value"), transform: { try Header($0) })
  var headers: [Header] = []

  @Flag(name: .shortAndLong, help: "Show the metadata that comes before and behind the answer.")
  var verbose = false

  @Option(help: "How to show lists and descriptions: table or json. Answers are always JSON.")
  var format: OutputFormat = .table

  @Option(help: "The language of tables: zh or en.")
  var lang: Language = .preferred

  func validate() throws {
    if list && (describe || method != nil) {
      throw ValidationError("--list lists everything; name a method without it.")
    }
    if describe && input != nil {
      throw ValidationError("--describe sends nothing; leave out what stands behind the name.")
    }
    if !list && !describe && method == nil {
      throw ValidationError("Name a method as SERVICE/METHOD; --list shows them.")
    }
  }

  func run() async throws {
    let code: Int32
    do throws(DuikouError) {
      let connection = try await parent.connection.connect()
      do throws(DuikouError) {
        code = try await run(over: connection)
        await connection.close()
      } catch {
        await connection.close()
        throw error
      }
    } catch {
      let exit = Failure.report(error)
      guard let failure = error.cause as? ReflectionFailure else { throw exit }
      throw ExitCode(64 + failure.code.rawValue)
    }
    if code != 0 { throw ExitCode(code) }
  }

  private func run(over connection: DaemonConnection) async throws(DuikouError) -> Int32 {
    let finder = SymbolFinder(
      ReflectionClient(connection, metadata: Metadata(headers.map(\.entry))))
    if list {
      let services = try await finder.services()
      switch format {
      case .json: Terminal.standardOutput.write(JSONOutput.services(services))
      case .table: ServiceTables(language: lang).list(services, on: .standardOutput)
      }
      return 0
    }
    if describe {
      let symbols = try await finder.describe(method)
      switch format {
      case .json: Terminal.standardOutput.write(JSONOutput.symbols(symbols))
      case .table: ServiceTables(language: lang).describe(symbols, on: .standardOutput)
      }
      return 0
    }
    let session = CallSession(
      connection: connection, finder: finder, metadata: headers.map(\.entry),
      deadline: deadline?.duration, isVerbose: verbose, language: lang)
    return try await session.run(method ?? "", input: CallInput(input))
  }
}
