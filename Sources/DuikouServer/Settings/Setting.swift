import DuikouAPI
import DuikouHost
import DuikouModel
import Logging

/// One setting: its name in the configuration file, what it takes, and how it is set.
///
/// The same table serves the file, the environment (`DUIKOUD_LOG_LEVEL` for `log-level`) and the
/// command line (`--log-level`).
public struct Setting: Sendable {
  /// The name, in lower case with hyphens.
  public let name: String
  /// What it takes, for an error: "a number of MiB from 1 to 256".
  public let expects: String
  /// Whether it takes a list.
  let isList: Bool
  /// What stands between the values in the environment.
  let separator: Character
  /// Whether its values are nobody's business.
  private let isSecret: Bool
  private let apply: @Sendable (inout Settings, [String]) -> Bool

  private init(
    _ name: String, _ expects: String, isList: Bool = false, separator: Character = ":",
    isSecret: Bool = false,
    _ apply: @escaping @Sendable (inout Settings, [String]) -> Bool
  ) {
    self.name = name
    self.expects = expects
    self.isList = isList
    self.separator = separator
    self.isSecret = isSecret
    self.apply = apply
  }

  /// Sets it. Throws `invalidArgument` with where the value stood and what was expected.
  func set(_ values: [String], in settings: inout Settings, from place: String) throws(DuikouError)
  {
    guard isList || values.count == 1, apply(&settings, values) else {
      throw DuikouError(
        .invalidArgument,
        isSecret
          ? "\(place): \(name) takes \(expects)"
          : "\(place): \(name) is \(values.joined(separator: ", ")), but takes \(expects)")
    }
    settings.places[name] = place
  }

  /// The variable of the environment that sets it.
  public var variable: String {
    "DUIKOUD_" + name.uppercased().replacing("-", with: "_")
  }

  public static let all: [Setting] = [
    text("data", "a folder") { $0.data = $1 },
    socketPath("socket") { $0.socket = $1 },
    socketPath("shared-socket") { $0.sharedSocket = $1 },
    text("shared-socket-group", "a group of this machine") { $0.sharedSocketGroup = $1 },
    Setting("listen", "an address such as 127.0.0.1:7070") { settings, values in
      guard let address = try? DaemonAddress(values[0]), case .tcp = address else { return false }
      settings.listen = address
      return true
    },
    text("tls-certificate", "a PEM file") { $0.tlsCertificate = $1 },
    text("tls-key", "a PEM file") { $0.tlsKey = $1 },
    text("tls-client-authority", "a PEM file") { $0.tlsClientAuthority = $1 },
    Setting(
      "client-certificates", "a list of NAME:ROLE, where a role is \(words(Role.self))",
      isList: true, separator: ","
    ) { settings, values in
      settings.certificateClients = values.compactMap(CertificateClient.init)
      return settings.certificateClients.count == values.count
        && Set(settings.certificateClients.map(\.name)).count == values.count
    },
    Setting("metrics", "an address of this machine, such as 127.0.0.1:9464") { settings, values in
      guard let address = try? DaemonAddress(values[0]), address.isLoopback, case .tcp = address
      else { return false }
      settings.metrics = address
      return true
    },
    Setting("plugins", "a list of folders", isList: true) { settings, values in
      settings.plugins = values
      return values.allSatisfy { !$0.isEmpty }
    },
    Setting("plugin-trust", words(TrustPolicy.self)) { settings, values in
      guard let policy = TrustPolicy(rawValue: values[0]) else { return false }
      settings.trust = policy
      return true
    },
    Setting("plugin-keys", "a list of NAME:FILE", isList: true, separator: ",") {
      settings, values in
      settings.pluginKeys = values
      let parts = values.map { $0.split(separator: ":", maxSplits: 1) }
      return parts.allSatisfy { $0.count == 2 && !$0[0].contains("/") }
        && Set(parts.map { $0[0] }).count == values.count
    },
    ids("required-plugins") { $0.requiredPlugins = $1 },
    ids("disabled-plugins") { $0.disabledPlugins = $1 },
    Setting("in-process", "a list of SHA-256 hashes of plugin files", isList: true) {
      settings, values in
      settings.isolation.pinned = Set(values)
      return values.allSatisfy(\.isSHA256)
    },
    Setting("require-protection", "a list of names from `duikou doctor`", isList: true) {
      settings, values in
      settings.isolation.required = values
      return values.allSatisfy { !$0.isEmpty && !$0.contains(",") }
    },
    Setting("log-level", words(Logger.Level.self)) { settings, values in
      guard let level = Logger.Level(rawValue: values[0]) else { return false }
      settings.logLevel = level
      return true
    },
    Setting("log-format", words(Settings.LogFormat.self)) { settings, values in
      guard let format = Settings.LogFormat(rawValue: values[0]) else { return false }
      settings.logFormat = format
      return true
    },
    Setting(
      "tokens", "a list of NAME:ROLE:SHA256, where a role is \(words(Role.self))", isList: true,
      separator: ",", isSecret: true
    ) {
      settings, values in
      settings.tokens = values.compactMap(AccessToken.init)
      return settings.tokens.count == values.count
        && Set(settings.tokens.map(\.name)).count == values.count
        && Set(settings.tokens.map(\.sha256)).count == values.count
    },
    number("calls-per-client", "a number of calls", 0...1_000_000) { $0.callsPerClient = $1 },
    number("calls-per-second", "a number of calls", 0...1_000_000) { $0.callsPerSecond = $1 },
    toggle("access-log") { $0.logsCalls = $1 },
    toggle("spans") { $0.logsSpans = $1 },
    number("max-document-mib", "a number of MiB", 1...256) { $0.limits.documentBytes = $1 << 20 },
    number("call-timeout", "a number of seconds", 1...86_400) {
      $0.limits.callTimeout = .seconds($1)
    },
    number("drain", "a number of seconds", 0...3600) { $0.drain = .seconds($1) },
  ]

  private static func text(
    _ name: String, _ expects: String,
    _ apply: @escaping @Sendable (inout Settings, String) -> Void
  ) -> Setting {
    Setting(name, expects) { settings, values in
      apply(&settings, values[0])
      return !values[0].isEmpty
    }
  }

  private static func ids(
    _ name: String, _ apply: @escaping @Sendable (inout Settings, [String]) -> Void
  ) -> Setting {
    Setting(name, "a list of plugins' ids, such as cn.example.stays", isList: true) {
      settings, values in
      apply(&settings, values)
      return values.allSatisfy(PluginDescription.isID)
    }
  }

  private static func socketPath(
    _ name: String, _ apply: @escaping @Sendable (inout Settings, String) -> Void
  ) -> Setting {
    Setting(name, "a path of 1 to 107 bytes") { settings, values in
      guard case .unix(let path)? = try? DaemonAddress("unix:\(values[0])") else { return false }
      apply(&settings, path)
      return true
    }
  }

  private static func toggle(
    _ name: String, _ apply: @escaping @Sendable (inout Settings, Bool) -> Void
  ) -> Setting {
    Setting(name, "on or off") { settings, values in
      apply(&settings, values[0] == "on")
      return ["on", "off"].contains(values[0])
    }
  }

  private static func number(
    _ name: String, _ expects: String, _ range: ClosedRange<Int>,
    _ apply: @escaping @Sendable (inout Settings, Int) -> Void
  ) -> Setting {
    let expects = "\(expects) from \(range.lowerBound) to \(range.upperBound)"
    return Setting(name, expects) { settings, values in
      guard let value = Int(values[0]), range.contains(value) else { return false }
      apply(&settings, value)
      return true
    }
  }

  private static func words<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type
  ) -> String {
    "one of " + Word.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
