import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A file with a secret")
struct SecretFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("is read from its beginning, as far as asked", arguments: [0, 1, 5, 6, 100])
  func reads(most: Int) throws {
    let path = try folder.write("key", "secret".utf8)
    #expect(try SecretFile.read(path, most: most) == Array("secret".utf8.prefix(most)))
  }

  @Test("may be reached by a link, as those that are mounted")
  func link() throws {
    let path = try folder.write("key", "secret".utf8)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: path)
    #expect(try SecretFile.read("\(folder.path)/link", most: 9) == Array("secret".utf8))
  }

  @Test("that is none is refused, without waiting for it")
  func refused() throws {
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let cases: [(path: String, code: StatusCode, end: String)] = [
      ("\(folder.path)/none", .notFound, "is not there"),
      ("", .notFound, "is not there"),
      (folder.path, .invalidArgument, "is not a regular file"),
      ("/dev/zero", .invalidArgument, "is not a regular file"),
      (pipe, .invalidArgument, "is not a regular file"),
    ]
    for (path, code, end) in cases {
      let error = #expect(throws: DuikouError.self) { try SecretFile.read(path, most: 9) }
      #expect(error?.code == code && error?.message == end, "\(path)")
    }
  }

  @Test("is what a configuration reads")
  func row() throws {
    let path = try folder.write("key", "secret\n".utf8)
    let configuration = try Stays.schema().row(
      from: Stays.section([("api_key", .file(path))]), environment: [:])
    #expect(try Stays.record(configuration)["api_key"] == .string("secret"))
    let error = #expect(throws: DuikouError.self) {
      try Stays.schema().row(
        from: Stays.section([("api_key", .file(folder.path))]), environment: [:])
    }
    #expect(error?.message.hasSuffix("the file \(folder.path) is not a regular file") == true)
  }
}
