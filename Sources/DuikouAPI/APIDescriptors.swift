import Foundation
import SwiftProtobuf

/// The descriptors of the daemon's own services, as protoc makes them.
public enum APIDescriptors {
  /// The files, those that are imported before those that import them.
  public static func files() throws -> [Google_Protobuf_FileDescriptorProto] {
    let bytes = Data(PackageResources.descriptors_pb)
    return try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file
  }
}
