import DuikouModel
import GRPCCore
import GRPCProtobuf

extension DuikouError: RPCErrorConvertible {
  public var rpcErrorCode: RPCError.Code {
    Status.Code(rawValue: Int(code.rawValue)).flatMap(RPCError.Code.init) ?? .unknown
  }

  public var rpcErrorMessage: String { message }
}

extension DuikouError {
  /// The error with what a program may want to know of it, as google.rpc.ErrorInfo.
  func detailed(_ info: [String: String]) -> GoogleRPCStatus {
    GoogleRPCStatus(
      code: rpcErrorCode, message: message,
      details: [
        .errorInfo(
          reason: "\(code)", domain: "duikou.org", metadata: info.merging(details) { $1 })
      ])
  }
}
