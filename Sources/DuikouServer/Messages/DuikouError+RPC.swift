import DuikouModel
import GRPCCore
import GRPCProtobuf

extension DuikouError: RPCErrorConvertible {
  public var rpcErrorCode: RPCError.Code {
    Status.Code(rawValue: Int(code.rawValue)).flatMap(RPCError.Code.init) ?? .unknown
  }

  /// One line that clients take: headers are 8 KiB at most to many of them, and have three bytes for each
  /// of Chinese text, which stands in the details once more.
  public var rpcErrorMessage: String { message.withoutControls.prefix(utf8: 1024) }
}

extension DuikouError {
  /// The error with what a program may want to know of it, as google.rpc.ErrorInfo.
  func detailed(_ info: [String: String]) -> GoogleRPCStatus {
    GoogleRPCStatus(
      code: rpcErrorCode, message: rpcErrorMessage,
      details: [
        .errorInfo(
          reason: "\(code)", domain: "duikou.org",
          metadata: info.merging(details) { $1 }.mapValues { $0.withoutControls.prefix(utf8: 256) })
      ])
  }
}
