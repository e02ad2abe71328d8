import DuikouModel
import Foundation

/// A file that names plugins which must not run: an id a line; what begins with `#` is for people.
public struct DisabledList: Sendable, Hashable {
  public let path: String

  public init(path: String) { self.path = path }

  /// The list of a plugin folder.
  public init(ofFolder folder: String) { path = "\(folder)/.disabled" }

  /// The ids in its first 64 KiB; none where it is no regular file. What is no id is left out.
  public var ids: Set<String> {
    guard let bytes = try? SecretFile.read(path, most: Self.longest) else { return [] }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    return Set(
      lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter(PluginDescription.isID))
  }

  /// Adds an id, or takes it out. Throws `invalidArgument` for what is no id, `permissionDenied` or
  /// `unavailable` where the file cannot be written.
  public func set(_ id: String, isDisabled: Bool) throws(DuikouError) {
    guard PluginDescription.isID(id) else {
      throw DuikouError(
        .invalidArgument, "\(id.withoutControls) is no plugin's id, such as cn.example.stays")
    }
    var ids = ids
    guard ids.contains(id) != isDisabled else { return }
    if isDisabled { ids.insert(id) } else { ids.remove(id) }
    let text = "# Plugins that must not run.\n" + ids.sorted().map { "\($0)\n" }.joined()
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch CocoaError.fileWriteNoPermission {
      throw DuikouError(.permissionDenied, "\(path) may not be written by this user")
    } catch {
      throw DuikouError(.unavailable, "\(path) cannot be written: check its folder", cause: error)
    }
  }

  private static let longest = 64 << 10
}
