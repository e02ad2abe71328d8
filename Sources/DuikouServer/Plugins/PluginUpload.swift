import DuikouAPI
import DuikouHost
import DuikouModel
import Foundation
import Synchronization

/// A plugin file that a client sends, part by part.
final class PluginUpload: Sendable {
  private struct State {
    var header: Duikou_V1_InstallPluginRequest.Header?
    var installation: PluginInstallation?
  }

  private let folder: String
  private let state = Mutex(State())

  init(folder: String) { self.folder = folder }

  private static let longestSignature = 4 << 10

  /// Takes the next part. Throws `invalidArgument` for one that is out of order, and what the folder
  /// cannot take.
  func take(_ part: Duikou_V1_InstallPluginRequest.OneOf_Part?) throws(DuikouError) {
    switch part {
    case .header(let header): try begin(header)
    case .chunk(let chunk):
      guard let installation = state.withLock({ $0.installation }) else { throw Self.noHeader }
      try installation.write(chunk)
    case nil: return
    }
  }

  /// Puts the file in its place. Returns its path. Throws what is against it.
  func finish(host: PluginHost) throws(DuikouError) -> String {
    let (header, installation) = state.withLock { ($0.header, $0.installation) }
    guard let header, let installation else { throw Self.noHeader }
    return try installation.finish(signature: header.signature, host: host)
  }

  private func begin(_ header: Duikou_V1_InstallPluginRequest.Header) throws(DuikouError) {
    guard state.withLock({ $0.header == nil }) else {
      throw DuikouError(.invalidArgument, "a plugin has one header: send it once, first")
    }
    guard header.signature.count <= Self.longestSignature else {
      throw DuikouError(.invalidArgument, "no signature file is longer than 4 KiB")
    }
    let installation = try PluginInstallation(in: folder)
    state.withLock { state in
      state.header = header
      state.installation = installation
    }
  }

  private static let noHeader = DuikouError(
    .invalidArgument, "send a header, then the plugin's bytes")
}
