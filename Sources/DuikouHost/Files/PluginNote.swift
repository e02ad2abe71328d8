import DuikouModel
import Foundation

/// What a plugin's file says of itself without being run: the ELF note that `DK_NOTE` makes.
public struct PluginNote: Sendable, Hashable {
  /// The major of the ABI that it is built for.
  public let abiMajor: Int
  /// The minor of the headers it was built with.
  public let abiMinor: Int
  /// Reverse DNS, such as `cn.example.stays`.
  public let id: String
  public let version: SemanticVersion
  /// The version as the plugin writes it.
  public let versionText: String

  private static let owner = Data("Duikou\0".utf8)
  private static let type: UInt32 = 1
  static let major = 1

  init(abiMajor: Int, abiMinor: Int, id: String, version: SemanticVersion, versionText: String) {
    self.abiMajor = abiMajor
    self.abiMinor = abiMinor
    self.id = id
    self.version = version
    self.versionText = versionText
  }

  /// Reads a file's note.
  ///
  /// Throws `failedPrecondition` for a file without one, or for another major than the host's;
  /// `invalidArgument` for a note that cannot be right.
  init(reading file: ELFFile) throws(DuikouError) {
    let notes = file.notes.filter { $0.type == Self.type && file[$0.owner] == Self.owner }
    guard let note = notes.first else {
      throw DuikouError(
        .failedPrecondition,
        "not a Duikou plugin: it has no note .note.duikou; write DK_NOTE(id, version) in C, or #plugin in "
          + "Swift")
    }
    let contents = file[note.contents]
    guard notes.allSatisfy({ file[$0.contents] == contents }) else {
      throw DuikouError(
        .invalidArgument, "it has two notes that differ: write DK_NOTE once in a library")
    }
    try self.init(contents: contents)
  }

  private init(contents: Data) throws(DuikouError) {
    let bytes = [UInt8](contents)
    guard bytes.count >= 4 else { throw Self.malformed }
    abiMajor = Int(bytes[0]) | Int(bytes[1]) << 8
    abiMinor = Int(bytes[2]) | Int(bytes[3]) << 8
    guard abiMajor == Self.major else {
      throw DuikouError(
        .failedPrecondition,
        "built for ABI major \(abiMajor), this host speaks \(Self.major): build it with its headers"
      )
    }
    let parts = bytes.dropFirst(4).split(
      separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].allSatisfy({ $0 == 0 }),
      let id = String(validating: parts[0], as: UTF8.self),
      let versionText = String(validating: parts[1], as: UTF8.self)
    else { throw Self.malformed }
    version = try PluginDescription.version(of: id, versionText)
    (self.id, self.versionText) = (id, versionText)
  }

  private static let malformed = DuikouError(
    .invalidArgument, "its note .note.duikou cannot be right: make it with DK_NOTE(id, version)")
}
