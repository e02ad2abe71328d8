import DuikouModel
import GRPCCore

extension DuikouError: RPCErrorConvertible {
  public var rpcErrorCode: RPCError.Code {
    Status.Code(rawValue: Int(code.rawValue)).flatMap(RPCError.Code.init) ?? .unknown
  }

  public var rpcErrorMessage: String { message }
}
