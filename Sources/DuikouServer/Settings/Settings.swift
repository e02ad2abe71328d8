import DuikouAPI
import DuikouHost
import DuikouModel
import DuikouPipeline
import Foundation
import Logging

/// How a daemon is to run: the defaults, over them the configuration file, the environment, the
/// command line.
public struct Settings: Sendable {
  /// The folder where documents and records are kept.
  public var data: String
  /// The path of the Unix socket; nil for `duikou.sock` in the data folder.
  public var socket: String?
  /// The path of a second socket, for the users of `sharedSocketGroup`; nil for none.
  public var sharedSocket: String?
  /// A group of this machine.
  public var sharedSocketGroup: String?
  /// A TCP address, such as `127.0.0.1:7070`; nil for none. Beyond the loopback it needs TLS.
  public var listen: DaemonAddress?
  /// PEM files: the certificate shown at `listen`, its key, and the authority whose certificates clients
  /// must show; nil for plain text, or for clients without certificates.
  public var tlsCertificate: String?
  public var tlsKey: String?
  public var tlsClientAuthority: String?
  /// Who may call with a certificate.
  public var certificateClients: [CertificateClient] = []
  /// Where metrics are served for Prometheus, on this machine's loopback, such as `127.0.0.1:9464`; nil
  /// for nowhere.
  public var metrics: DaemonAddress?
  /// Folders of plugins; empty for `plugins` in the data folder.
  public var plugins: [String] = []
  /// Which plugin files are trusted.
  public var trust = TrustPolicy.owner
  /// The keys by which plugins may be signed, as `NAME:FILE`.
  public var pluginKeys: [String] = []
  /// Ids of plugins without which the daemon is not ready.
  public var requiredPlugins: [String] = []
  /// Ids of plugins that must not run.
  public var disabledPlugins: [String] = []
  /// Which plugins run in the daemon's own process, and what protects it from the others.
  public var isolation = IsolationPolicy()
  /// The configuration file that was read; nil for none.
  public var configurationFile: String?
  /// What the configuration file says for plugins, by their ids; checked where the plugins are there.
  public var pluginSections: [String: PluginSection] = [:]
  public var logLevel = Logger.Level.info
  public var logFormat = LogFormat.text
  /// Who may call by TCP; empty for whoever can reach the loopback.
  public var tokens: [AccessToken] = []
  /// Calls that one client may have running; nil for 32, and any number by the daemon's own socket.
  public var callsPerClient: Int?
  /// Calls that one client may begin in a second; 0 for any number.
  public var callsPerSecond = 0
  /// Whether each call is logged when it has ended.
  public var logsCalls = true
  /// Whether spans are logged as they end.
  public var logsSpans = false
  public var limits = Limits()
  /// How long running calls may go on when the daemon is told to stop.
  public var drain = Duration.seconds(30)

  /// Where each setting that was made stands, by its name: file and line, variable, or option.
  var places: [String: String] = [:]

  /// How log lines are written.
  public enum LogFormat: String, Sendable, CaseIterable {
    case text
    /// One JSON object a line.
    case json
  }

  /// The defaults. The data folder is that of systemd, of XDG_DATA_HOME or of the home folder.
  public init(environment: [String: String]) {
    func folder(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    data =
      folder("STATE_DIRECTORY") ?? folder("XDG_DATA_HOME").map { "\($0)/duikou" }
      ?? "\(folder("HOME") ?? "/var/lib")/.local/share/duikou"
  }

  /// The address of the Unix socket.
  public var socketPath: String { socket ?? "\(data)/duikou.sock" }

  /// The sockets that are files.
  var socketPaths: [String] { [socketPath] + [sharedSocket].compactMap { $0 } }

  /// The plugin folders.
  public var pluginFolders: [String] { plugins.isEmpty ? ["\(data)/plugins"] : plugins }
}
