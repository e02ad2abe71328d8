import ArgumentParser
import DuikouHost
import DuikouModel
import DuikouServer
import Foundation
import Logging
import Tracing

/// The daemon's command line: settings and start, nothing else.
@main
struct Duikoud: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duikoud",
    abstract: "Keeps documents, runs plugins over them, and serves the records.",
    discussion: """
      Each option can also stand in the configuration file, under its name without the hyphens, and \
      in the environment: DUIKOUD_LOG_LEVEL for --log-level. The command line counts most, then the \
      environment, then the file.

      EXAMPLES
        duikoud --data /var/lib/duikou
        duikoud --config duikoud.yaml --listen 127.0.0.1:7070

      EXIT CODES
        0   stopped by SIGTERM or SIGINT after its calls had ended
        1   it cannot start, or a plugin had to be left behind
        64  the command line is wrong
      """,
    version: DuikouVersion.current)

  @Option(
    help: ArgumentHelp("The configuration file.", valueName: "file.yaml"), completion: .file())
  var config: String?

  @Option(
    help: ArgumentHelp("Where documents and records are kept.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @Option(
    help: ArgumentHelp(
      "The Unix socket; duikou.sock in the data folder by default.", valueName: "path"),
    completion: .file())
  var socket: String?

  @Option(
    help: ArgumentHelp(
      "Listen at a TCP port as well; beyond the loopback it needs TLS.", valueName: "host:port"))
  var listen: String?

  @Option(
    help: ArgumentHelp("The certificate to show there.", valueName: "file.pem"),
    completion: .file())
  var tlsCertificate: String?

  @Option(help: ArgumentHelp("The certificate's key.", valueName: "file.key"), completion: .file())
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      "The authority whose certificates clients must show there.", valueName: "file.pem"),
    completion: .file())
  var tlsClientAuthority: String?

  @Option(
    help: ArgumentHelp(
      "Serve metrics for Prometheus at a TCP port of the loopback.", valueName: "host:port"))
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "A folder of plugins; may be given more than once. By default plugins in the data folder.",
      valueName: "folder"), completion: .directory)
  var plugins: [String] = []

  @Option(
    help: """
      Which plugin files are trusted: any, owner (only root and the daemon's user can change them; the \
      default) or signed.
      """)
  var pluginTrust: String?

  @Option(
    help: ArgumentHelp(
      "A key by which plugins may be signed; may be given more than once.",
      valueName: "name:file.pub"))
  var pluginKeys: [String] = []

  @Option(
    help: ArgumentHelp(
      "A plugin without which the daemon is not ready; may be given more than once.",
      valueName: "id"))
  var requiredPlugins: [String] = []

  @Option(
    help: ArgumentHelp(
      "A plugin that must not run; may be given more than once.", valueName: "id"))
  var disabledPlugins: [String] = []

  @Option(
    help: ArgumentHelp(
      "A plugin file that runs in the daemon's own process, by its SHA-256; may be given more than once.",
      valueName: "sha256"))
  var inProcess: [String] = []

  @Option(
    help: ArgumentHelp(
      "Refuse to run where this protection is missing; see `duikou doctor`. May be given more than once.",
      valueName: "name"))
  var requireProtection: [String] = []

  @Option(help: "How much is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel: String?

  @Option(help: "How log lines are written: text or json.")
  var logFormat: String?

  @Option(help: "Whether each call is logged when it has ended: on or off.")
  var accessLog: String?

  @Option(help: "Whether the spans of each call's trace are logged as they end: on or off.")
  var spans: String?

  @Option(help: ArgumentHelp("The largest document that is taken.", valueName: "mib"))
  var maxDocumentMib: String?

  @Option(help: ArgumentHelp("How long one call of a plugin may take.", valueName: "seconds"))
  var callTimeout: String?

  @Option(
    help: ArgumentHelp("How long running calls may go on at the end.", valueName: "seconds"))
  var drain: String?

  func run() async throws {
    do throws(DuikouError) {
      let settings = try Settings.read(
        file: config, environment: ProcessInfo.processInfo.environment, flags: flags)
      LoggingSystem.bootstrap { label in
        switch settings.logFormat {
        case .text: StreamLogHandler.standardError(label: label)
        case .json: JSONLogHandler(label: label)
        }
      }
      var logger = Logger(label: "duikoud")
      logger.logLevel = settings.logLevel
      if settings.logsSpans { InstrumentationSystem.bootstrap(SpanLog(logger: logger)) }
      try await Daemon(settings: settings, logger: logger).run()
    } catch {
      FileHandle.standardError.write(Data("error: \(error.message) [\(error.code)]\n".utf8))
      throw ExitCode(1)
    }
  }

  /// What the command line says, by the settings' names.
  private var flags: [String: [String]] {
    let single = [
      "data": data, "socket": socket, "listen": listen, "metrics": metrics,
      "tls-certificate": tlsCertificate, "tls-key": tlsKey,
      "tls-client-authority": tlsClientAuthority,
      "log-level": logLevel, "log-format": logFormat, "access-log": accessLog, "spans": spans,
      "max-document-mib": maxDocumentMib, "call-timeout": callTimeout,
      "drain": drain, "plugin-trust": pluginTrust,
    ]
    return single.compactMapValues { $0.map { [$0] } }.merging([
      "plugins": plugins, "in-process": inProcess, "require-protection": requireProtection,
      "plugin-keys": pluginKeys, "required-plugins": requiredPlugins,
      "disabled-plugins": disabledPlugins,
    ]) { $1 }
  }
}
