import Crypto
import DuikouModel
import Foundation

extension PluginSection {
  /// The state of what the section gives a plugin: SHA-256, in hex, over its keys and values and what
  /// variables and files hold. Any change gives another; the order of keys does not. Like a
  /// configuration's digest, it is to be compared, not to be shown.
  public func revision(
    environment: [String: String], readFile: ConfigurationSchema.FileReading = SecretFile.read
  ) -> String {
    var hash = SHA256()
    func add(_ kind: String, _ bytes: some Sequence<UInt8>) {
      let bytes = Array(bytes)
      hash.update(data: Data("\(kind) \(bytes.count)\n".utf8))
      hash.update(data: Data(bytes))
    }
    for entry in entries.sorted(by: { $0.key < $1.key }) {
      add("key", entry.key.utf8)
      switch entry.value {
      case .text(let text, let isQuoted): add(isQuoted ? "quoted" : "plain", text.utf8)
      case .other(let kind): add("other", kind.utf8)
      case .environment(let name):
        add("variable", name.utf8)
        add(environment[name] == nil ? "none" : "value", (environment[name] ?? "").utf8)
      case .file(let path):
        add("file", path.utf8)
        do throws(DuikouError) {
          add("value", try readFile(path, Self.longestFile))
        } catch {
          add("none", error.message.utf8)
        }
      }
    }
    return hash.finalize().hexadecimal
  }

  /// More than any field takes.
  private static let longestFile = 1 << 20
}
