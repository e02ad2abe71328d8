import Foundation
import SwiftProtobuf
import TestSupport
import Testing

@testable import DuikouWire

@Suite("The domain's file of messages")
struct DomainFileTests {
  private static let path = "\(Repository.root)/include/duikou/v1/rows.proto"

  @Test("is what the header's descriptors make; DUIKOU_WRITE=1 writes it")
  func text() throws {
    let text = ProtoText.print(try ServiceContract.domainFile)
    if ProcessInfo.processInfo.environment["DUIKOU_WRITE"] == "1" {
      try text.write(toFile: Self.path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: Self.path, encoding: .utf8) == text)
  }

  @Test("is read by protoc as the same descriptors")
  func compiled() throws {
    let folder = try TemporaryFolder()
    let out = "\(folder.path)/rows.pb"
    try Program.check(
      "/usr/bin/env",
      [
        "protoc", "-I\(Repository.root)/include", "--descriptor_set_out=\(out)",
        "duikou/v1/rows.proto",
      ])
    let set = try Google_Protobuf_FileDescriptorSet(
      serializedBytes: try Data(contentsOf: URL(fileURLWithPath: out)))
    var expected = try ServiceContract.domainFile
    expected.clearSourceCodeInfo()
    #expect(set.file == [expected])
  }
}
