import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouServer

@Suite("A Unix socket")
struct UnixSocketTests {
  private let folder: TemporaryFolder
  private var path: String { "\(folder.path)/d.sock" }

  init() throws { folder = try TemporaryFolder() }

  @Test("belongs to its owner alone")
  func mode() throws {
    let descriptor = try UnixSocket.listen(at: path)
    defer { close(descriptor) }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("is not taken from a daemon that answers")
  func stolen() throws {
    let descriptor = try UnixSocket.listen(at: path)
    defer { close(descriptor) }
    let error = #expect(throws: DuikouError.self) { try UnixSocket.listen(at: path) }
    #expect(error?.code == .failedPrecondition)
  }

  @Test("that a daemon left behind is replaced")
  func stale() throws {
    close(try UnixSocket.listen(at: path))
    let descriptor = try UnixSocket.listen(at: path)
    #expect(descriptor >= 0)
    close(descriptor)
  }

  @Test("never replaces a file")
  func file() throws {
    try folder.write("d.sock", "mine".utf8)
    let error = #expect(throws: DuikouError.self) { try UnixSocket.listen(at: path) }
    #expect(error?.code == .alreadyExists)
    #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
  }

  @Test("in a folder that is not there is told")
  func noFolder() {
    let error = #expect(throws: DuikouError.self) { try UnixSocket.listen(at: "/nonexistent/a") }
    #expect(error?.code == .unavailable)
  }
}
