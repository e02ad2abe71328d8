import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouStore

@Suite("The lock of a data folder")
struct FolderLockTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("is held by one program at a time, which is named")
  func exclusive() throws {
    let path = "\(folder.path)/new/data"
    var first: FolderLock? = try FolderLock(folder: path)
    let error = #expect(throws: DuikouError.self) { try FolderLock(folder: path) }
    #expect(error?.code == .failedPrecondition)
    #expect(error?.message.contains("process \(getpid())") == true)
    withExtendedLifetime(first) {}
    first = nil
    #expect(throws: Never.self) { try FolderLock(folder: path) }
  }

  @Test("makes a folder for its owner alone")
  func mode() throws {
    let path = "\(folder.path)/data"
    let lock = try FolderLock(folder: path)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
    withExtendedLifetime(lock) {}
  }

  @Test("does not follow a link that lies in its place")
  func link() throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/lock", withDestinationPath: "\(folder.path)/elsewhere")
    let error = #expect(throws: DuikouError.self) { try FolderLock(folder: folder.path) }
    #expect(error?.code == .permissionDenied)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/elsewhere"))
  }
}
