import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A plugin's bytes")
struct PluginBytesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("are read once, with their hash")
  func reads() throws {
    let bytes = try PluginBytes(reading: try folder.write("a.so", "plugin".utf8))
    #expect(bytes.data == Data("plugin".utf8))
    #expect(bytes.sha256 == SignedSample.sha256)
    #expect(try PluginBytes(reading: try folder.write("b.so", [])).data.isEmpty)
  }

  @Test("of what is no file that could be one are refused, without waiting for them")
  func refused() throws {
    #expect(mkfifo("\(folder.path)/pipe.so", 0o600) == 0)
    let huge = try folder.write("huge.so", [])
    #expect(truncate(huge, (256 << 20) + 1) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/nowhere.so", withDestinationPath: "\(folder.path)/none")
    let cases: [(path: String, code: StatusCode, word: String)] = [
      ("\(folder.path)/none.so", .notFound, "no such file"),
      ("\(folder.path)/nowhere.so", .notFound, "no such file"),
      ("\(folder.path)/pipe.so", .invalidArgument, "a pipe"),
      (folder.path, .invalidArgument, "a folder"), ("/dev/zero", .invalidArgument, "a device"),
      (huge, .resourceExhausted, "larger than 256 MiB"),
    ]
    for (path, code, word) in cases {
      let error = #expect(throws: DuikouError.self) { try PluginBytes(reading: path) }
      #expect(error?.code == code && error?.message.contains(word) == true, "\(path)")
    }
  }

  @Test("that may not be read are told", .enabled(if: geteuid() != 0))
  func unreadable() throws {
    let path = try folder.write("a.so", "plugin".utf8)
    chmod(path, 0)
    let error = #expect(throws: DuikouError.self) { try PluginBytes(reading: path) }
    #expect(error?.code == .permissionDenied)
  }
}
