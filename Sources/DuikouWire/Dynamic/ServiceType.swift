import SwiftProtobuf

/// A service as its descriptor has it.
public struct ServiceType: Sendable {
  /// One of its methods.
  public struct Method: Sendable {
    public let name: String
    /// The full names of what it takes and gives.
    public let input: String
    public let output: String
    public let isClientStreaming: Bool
    public let isServerStreaming: Bool
    /// The first line of its documentation; empty where the server does not tell.
    public let summary: String
  }

  /// The full name.
  public let name: String
  public let methods: [Method]

  init(index: Int, in file: Google_Protobuf_FileDescriptorProto) {
    let service = file.service[index]
    name = file.package.isEmpty ? service.name : "\(file.package).\(service.name)"
    methods = service.method.enumerated().map { position, method in
      let path = [6, Int32(index), 2, Int32(position)]
      let comment = file.sourceCodeInfo.location.first { $0.path == path }?.leadingComments
      return Method(
        name: method.name, input: String(method.inputType.drop { $0 == "." }),
        output: String(method.outputType.drop { $0 == "." }),
        isClientStreaming: method.clientStreaming, isServerStreaming: method.serverStreaming,
        summary: comment?.split(separator: "\n").first?.trimming(while: \.isWhitespace) ?? "")
    }
  }
}

extension Substring {
  /// The text without those characters at its ends.
  fileprivate func trimming(while isLeftOut: (Character) -> Bool) -> String {
    var text = drop(while: isLeftOut)
    while let last = text.last, isLeftOut(last) { text.removeLast() }
    return String(text)
  }
}
