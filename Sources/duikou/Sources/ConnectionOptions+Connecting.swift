import DuikouAPI
import DuikouClient
import DuikouModel
import Foundation

extension ConnectionOptions {
  /// The daemon's address; nil where none is named.
  var address: String? { value(host, "DUIKOU_HOST") }

  /// Connects to the server that is named. Throws `invalidArgument` where none is, and what the
  /// connection cannot be made for.
  func connect() async throws(DuikouError) -> DaemonConnection {
    guard let address else {
      throw DuikouError(
        .invalidArgument, "no server to call: name one with --host or DUIKOU_HOST")
    }
    let credentials = ClientCredentials(
      usesTLS: tls, authority: value(ca, "DUIKOU_CA"),
      certificate: value(certificate, "DUIKOU_CERTIFICATE"), key: value(key, "DUIKOU_KEY"),
      token: try Self.checked(try token()))
    return try await DaemonConnection(try DaemonAddress(address), credentials: credentials)
  }

  /// A header cannot hold everything. Throws `invalidArgument`.
  private static func checked(_ token: String?) throws(DuikouError) -> String? {
    guard let token else { return nil }
    guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw DuikouError(
        .invalidArgument, "the token is empty, or has spaces or other than ASCII in it")
    }
    return token
  }

  private func token() throws(DuikouError) -> String? {
    guard let tokenFile else { return value(nil, "DUIKOU_TOKEN") }
    guard let bytes = FileManager.default.contents(atPath: tokenFile),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw DuikouError(.notFound, "\(tokenFile) cannot be read: check its path")
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func value(_ option: String?, _ variable: String) -> String? {
    let value = option ?? ProcessInfo.processInfo.environment[variable]
    return value?.isEmpty == false ? value : nil
  }
}
