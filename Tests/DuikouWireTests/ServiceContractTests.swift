import DuikouModel
import Foundation
import SwiftProtobuf
import TestSupport
import Testing

@testable import DuikouWire

@Suite("A plugin's service in protobuf")
struct ServiceContractTests {
  @Test("has a message for each row type and for what a method takes and gives")
  func file() throws {
    let file = try Sample.contract().file
    #expect(file.name == "cn/example/sample.proto")
    #expect(file.package == "cn.example.sample")
    #expect(file.dependency == ["duikou/v1/rows.proto"])
    #expect(file.messageType.map(\.name) == ["Thing", "CopyRequest", "CopyResponse"])
    #expect(file.service.map(\.name) == ["Methods"])
    let request = file.messageType[1]
    #expect(request.field.map(\.name) == ["text", "document", "thing"])
    #expect(request.field.map(\.number) == [15, 1, Int32(Sample.typeID & 0x1fff_ffff)])
  }

  @Test(
    "is read by protoc as the same descriptors, whatever the plugin's id has in common with the domain's",
    arguments: ["cn.example.sample", "org.duikou.sample", "org.example.duikou"])
  func compiled(_ package: String) throws {
    let folder = try TemporaryFolder()
    var expected = try Sample.contract().file
    expected.move(to: package)
    _ = try folder.write("sample.proto", Array(ProtoText.print(expected).utf8))
    try Program.check(
      "/usr/bin/env",
      [
        "protoc", "-I\(folder.path)", "-I\(Repository.root)/include",
        "--descriptor_set_out=\(folder.path)/set.pb", "sample.proto",
      ])
    let set = try Google_Protobuf_FileDescriptorSet(
      serializedBytes: try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/set.pb")))
    expected.clearSourceCodeInfo()
    expected.name = "sample.proto"
    #expect(set.file == [expected])
  }

  @Test("has the documentation as comments, with units")
  func comments() throws {
    let text = ProtoText.print(try Sample.contract().file)
    for line in ["// A thing.", "  // Unit: fen.", "// Samples."] {
      #expect(text.contains("\(line)\n"), "\(line)")
    }
  }

  @Test("uses a row type itself where a method names it")
  func rows() throws {
    let method = ServiceShape.Method(
      name: "Copy", reads: [Sample.typeID], writes: [Sample.typeID], request: Sample.typeID,
      response: Sample.typeID, isStreaming: true)
    let service = try Sample.contract(method).file.service[0]
    #expect(service.method[0].inputType == ".cn.example.sample.Thing")
    #expect(service.method[0].outputType == ".cn.example.sample.Thing")
    #expect(service.method[0].serverStreaming)
  }

  /// A change that protobuf cannot bear, and what is said of it.
  struct Clash: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var sentence: String
    var contract: @Sendable () throws -> Void
  }

  private static func clash(
    _ name: String, _ sentence: String,
    _ change: @escaping @Sendable (inout [FieldDescriptor]) -> Void
  ) -> Clash {
    Clash(testDescription: name, sentence: sentence) {
      _ = try Sample.contract(types: [try Sample.type(change: change)])
    }
  }

  @Test(
    "is refused with a sentence where names or numbers clash",
    arguments: [
      clash("fields that are one in JSON", "two fields are called sameAs in JSON") {
        $0[0].name = "same__as"
      },
      clash("a field called like one of every row", "the name evidence is that of a field") {
        $0[0].name = "evidence"
      },
      clash("values that are one in protobuf", "two named values would be called LEVEL_LOW") {
        $0[9].values[1].name = "LOW"
      },
      Clash(
        testDescription: "a row type called like a method's message",
        sentence: "would be a second CopyRequest"
      ) {
        _ = try Sample.contract(
          types: [
            try Sample.type(), try Sample.type(name: "\(Sample.id).copy_request", id: 0x7b00_0001),
          ])
      },
      Clash(
        testDescription: "a row type called like the service", sentence: "would be a second Methods"
      ) {
        _ = try Sample.contract(types: [try Sample.type(name: "\(Sample.id).methods")])
      },
      Clash(
        testDescription: "ids that are one number", sentence: "cannot have a field of its own"
      ) {
        let other = Sample.typeID ^ 0x8000_0000
        _ = try Sample.contract(
          ServiceShape.Method(name: "Copy", reads: [Sample.typeID, other]),
          types: [try Sample.type(), try Sample.type(name: "\(Sample.id).other", id: other)])
      },
      Clash(
        testDescription: "a request that nobody describes", sentence: "is row type 0x7b000001"
      ) {
        _ = try Sample.contract(
          ServiceShape.Method(name: "Copy", reads: [0x7b00_0001], request: 0x7b00_0001))
      },
    ])
  func clashes(_ clash: Clash) throws {
    let error = try #require(throws: DuikouError.self) { try clash.contract() }
    #expect(error.code == .invalidArgument)
    #expect(error.message.contains(clash.sentence), "\(error.message)")
  }
}

extension Google_Protobuf_FileDescriptorProto {
  /// Gives the file another package.
  fileprivate mutating func move(to new: String) {
    let old = ".\(package)."
    package = new
    for message in messageType.indices {
      for field in messageType[message].field.indices
      where messageType[message].field[field].hasTypeName {
        messageType[message].field[field].typeName.replace(old, with: ".\(new).")
      }
    }
    for method in service[0].method.indices {
      service[0].method[method].inputType.replace(old, with: ".\(new).")
      service[0].method[method].outputType.replace(old, with: ".\(new).")
    }
  }
}
