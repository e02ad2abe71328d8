import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("Whose a file is")
struct FileOwnershipTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A user that no machine has.
  private static let stranger: UInt32 = 3_999_999_999

  @Test(
    "lets it be used where nobody but root and the daemon's user can change it",
    arguments: [
      (FileOwnership.Kind.file, UInt32(0), UInt32(0o644)), (.file, 0, 0o755), (.file, 7, 0o600),
      (.file, 7, 0o444), (.folder, 0, 0o755), (.folder, 7, 0o700), (.folder, 7, 0o1755),
      (.link, 0, 0o777), (.link, 7, 0o777),
    ])
  func passes(_ kind: FileOwnership.Kind, _ owner: UInt32, _ mode: UInt32) throws {
    try FileOwnership(path: "/p", kind: kind, owner: owner, mode: mode).check(as: 7)
  }

  @Test(
    "is told with what to do",
    arguments: [
      (
        FileOwnership.Kind.file, UInt32(0), UInt32(0o666),
        "/p may be written by others (mode 0666): `chmod go-w /p`"
      ),
      (.file, 7, 0o664, "/p may be written by others (mode 0664): `chmod go-w /p`"),
      (.file, 7, 0o602, "/p may be written by others (mode 0602): `chmod go-w /p`"),
      (.folder, 7, 0o775, "/p may be written by others (mode 0775): `chmod go-w /p`"),
      (
        .folder, 0, 0o1777,
        "/p is for everybody's files (mode 01777): put plugins into a folder of their own"
      ),
      (
        .file, stranger, 0o644,
        "/p belongs to user 3999999999, not to root or to the daemon's user: `chown root /p`"
      ),
      (
        .link, stranger, 0o777,
        "/p belongs to user 3999999999, not to root or to the daemon's user: `chown -h root /p`"
      ),
    ])
  func refuses(
    _ kind: FileOwnership.Kind, _ owner: UInt32, _ mode: UInt32, _ sentence: String
  ) throws {
    let error = #expect(throws: DuikouError.self) {
      try FileOwnership(path: "/p", kind: kind, owner: owner, mode: mode).check(as: 7)
    }
    #expect(error?.code == .permissionDenied && error?.message == sentence)
  }

  @Test("names a user who has a name", .enabled(if: getpwnam("nobody") != nil))
  func name() throws {
    let nobody = try #require(getpwnam("nobody")).pointee.pw_uid
    let error = #expect(throws: DuikouError.self) {
      try FileOwnership(path: "/p", owner: nobody, mode: 0o644).check(as: 7)
    }
    #expect(error?.message.hasPrefix("/p belongs to user \(nobody) (nobody), not to root") == true)
  }

  /// Makes `real/a.so` and `links/a.so`, which leads to it by `middle/b.so`.
  private func chain() throws -> String {
    let files = FileManager.default
    try folder.write("real/a.so", "plugin".utf8)
    for name in ["links", "middle"] {
      try files.createDirectory(
        atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    try files.createSymbolicLink(
      atPath: "\(folder.path)/middle/b.so", withDestinationPath: "../real/a.so")
    try files.createSymbolicLink(
      atPath: "\(folder.path)/links/a.so", withDestinationPath: "\(folder.path)/middle/b.so")
    return "\(folder.path)/links/a.so"
  }

  @Test("is asked of the open file, its folder, and of every link to it and their folders")
  func holders() throws {
    let path = try chain()
    chmod("\(folder.path)/real/a.so", 0o664)
    chmod("\(folder.path)/real", 0o770)
    chmod("\(folder.path)/middle", 0o1777)
    let bytes = try PluginBytes(reading: path)
    #expect(
      bytes.ownership == FileOwnership(path: path, kind: .file, owner: geteuid(), mode: 0o664))
    #expect(bytes.holders.map(\.kind) == [.folder, .link, .folder, .link, .folder])
    #expect(
      bytes.holders.map { $0.path.dropFirst(folder.path.count) } == [
        "/links", "/links/a.so", "/middle", "/middle/b.so", "/middle/../real",
      ])
    #expect(bytes.holders[2].mode == 0o1777 && bytes.holders[4].mode == 0o770)
    #expect(bytes.holders.allSatisfy { $0.owner == geteuid() })
  }

  @Test("is not asked of a file that has taken the place of the open one")
  func swapped() throws {
    let path = try chain()
    let file = try #require(FileHandle(forReadingAtPath: path))
    #expect(try FileOwnership.holders(of: path, opened: file.fileDescriptor).count == 5)
    try folder.write("real/b.so", "plugin".utf8)
    #expect(rename("\(folder.path)/real/b.so", "\(folder.path)/real/a.so") == 0)
    for _ in 1...2 {
      let error = #expect(throws: DuikouError.self) {
        try FileOwnership.holders(of: path, opened: file.fileDescriptor)
      }
      #expect(error?.code == .aborted)
      unlink("\(folder.path)/real/a.so")
    }
  }

  @Test("is asked where a path names no folder, or the root")
  func short() throws {
    let file = try #require(FileHandle(forReadingAtPath: "/etc/passwd"))
    #expect(
      try FileOwnership.holders(of: "/etc/passwd", opened: file.fileDescriptor).map(\.path)
        == ["/etc"])
    let error = #expect(throws: DuikouError.self) {
      try FileOwnership.holders(of: "no-such-file", opened: file.fileDescriptor)
    }
    #expect(error?.code == .aborted)
    let root = #expect(throws: DuikouError.self) {
      try FileOwnership.holders(of: "/no-such-file", opened: file.fileDescriptor)
    }
    #expect(root?.code == .aborted)
  }
}
