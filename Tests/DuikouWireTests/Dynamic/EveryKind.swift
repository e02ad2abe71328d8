import DuikouWire
import Foundation
import SwiftProtobuf
import TestSupport

/// A file with a field of every kind, and protoc, which knows what its messages look like.
struct EveryKind {
  let codec: MessageCodec
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("every.proto", Self.proto.utf8)
    try Program.check(
      "/usr/bin/env",
      [
        "protoc", "-I\(folder.path)", "-I/usr/include", "--include_imports",
        "--descriptor_set_out=\(folder.path)/set.pb", "every.proto",
      ])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/set.pb"))
    var pool = DescriptorPool()
    for file in try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file
    where !file.name.hasPrefix("google/") {
      pool.add(file)
    }
    codec = MessageCodec(pool)
  }

  /// The bytes of a message in protobuf's text format.
  func encode(_ text: String, as type: String) throws -> [UInt8] {
    try folder.write("in", text.utf8)
    return Array(try run("--encode=\(type)"))
  }

  /// A message's bytes in protobuf's text format.
  func decode(_ bytes: [UInt8], as type: String) throws -> String {
    try folder.write("in", bytes)
    return String(decoding: try run("--decode=\(type)"), as: UTF8.self)
  }

  private func run(_ what: String) throws -> Data {
    let command = "protoc -I. -I/usr/include \(what) every.proto < in > out"
    try Program.check("/bin/sh", ["-c", command], folder: folder.path)
    return try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/out"))
  }

  private static let proto = """
    syntax = "proto3";
    package every;
    import "google/protobuf/any.proto";
    import "google/protobuf/duration.proto";
    import "google/protobuf/empty.proto";
    import "google/protobuf/field_mask.proto";
    import "google/protobuf/struct.proto";
    import "google/protobuf/timestamp.proto";
    import "google/protobuf/wrappers.proto";
    enum Level { LEVEL_UNSPECIFIED = 0; LEVEL_HIGH = 2; LEVEL_LOW = -1; }
    message Kinds {
      int32 i32 = 1; int64 i64 = 2; uint32 u32 = 3; uint64 u64 = 4;
      sint32 s32 = 5; sint64 s64 = 6; fixed32 f32 = 7; fixed64 f64 = 8;
      sfixed32 sf32 = 9; sfixed64 sf64 = 10; float real = 11; double precise = 12;
      bool yes = 13; string text = 14; bytes raw_bytes = 15; Level level = 16;
    }
    message Shapes {
      repeated int32 packed = 1;
      repeated int32 unpacked = 2 [packed = false];
      repeated string names = 3;
      repeated Kinds many = 4;
      map<string, int64> counts = 5;
      map<bool, Level> levels = 6;
      map<int32, Kinds> kinds = 7;
      optional int32 stated = 8;
      oneof choice { int32 number = 9; string word = 10; Kinds other = 11; }
      Shapes inner = 12;
      string renamed = 13 [json_name = "called"];
      repeated sint64 zigzags = 14;
      repeated double reals = 15;
    }
    message Known {
      google.protobuf.Timestamp at = 1;
      google.protobuf.Duration took = 2;
      google.protobuf.FieldMask mask = 3;
      google.protobuf.Struct structure = 4;
      google.protobuf.Value value = 5;
      google.protobuf.ListValue list = 6;
      google.protobuf.Any any = 7;
      google.protobuf.Empty empty = 8;
      google.protobuf.Int64Value wrapped = 9;
      google.protobuf.StringValue name = 10;
      google.protobuf.BytesValue raw = 11;
      google.protobuf.BoolValue flag = 12;
      google.protobuf.NullValue null = 13;
      repeated google.protobuf.Value values = 14;
      google.protobuf.DoubleValue real = 15;
    }
    message Wrapped {
      repeated google.protobuf.Int32Value riw = 1;
      map<string, google.protobuf.Int32Value> mw = 2;
      repeated google.protobuf.Struct structures = 3;
      repeated google.protobuf.ListValue lists = 4;
    }
    """
}
