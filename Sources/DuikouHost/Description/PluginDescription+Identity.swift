import DuikouModel

extension PluginDescription {
  /// Checks an id and a version, and reads the version. Throws `invalidArgument`.
  static func version(
    of id: String, _ versionText: String
  ) throws(DuikouError) -> SemanticVersion {
    guard isID(id) else {
      throw DuikouError(
        .invalidArgument, "its id is not reverse DNS in lower case, such as cn.example.stays")
    }
    guard !reserved.contains(where: { id.hasPrefix($0) }) else {
      throw DuikouError(.invalidArgument, "the id \(id) is reserved; begin with your own domain")
    }
    for name in [id, versionText] { try check(name, of: id) }
    guard let version = SemanticVersion(versionText) else {
      throw DuikouError(
        .invalidArgument, "\(id): its version is not a semantic version, such as 1.2.0")
    }
    return version
  }

  /// The daemon's own names and those of gRPC and protobuf, which its descriptors stand under.
  private static let reserved = ["duikou.", "grpc.", "google."]

  /// Names stand in rows, messages and log lines.
  static func check(_ name: String, of id: String) throws(DuikouError) {
    guard name.utf8.count <= TypeDescriptor.longestName else {
      throw DuikouError(
        .invalidArgument,
        "\(id.prefix(utf8: TypeDescriptor.longestName)): a name or version has \(name.utf8.count) "
          + "bytes; at most \(TypeDescriptor.longestName) are taken")
    }
  }

  /// Whether text is an id as plugins have them: reverse DNS in lower case.
  public static func isID(_ id: String) -> Bool {
    let words = id.split(separator: ".", omittingEmptySubsequences: false)
    return words.count >= 2
      && words.allSatisfy { word in
        guard let first = word.utf8.first, (0x61...0x7a).contains(first) else { return false }
        return word.utf8.allSatisfy {
          (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
      }
  }
}
