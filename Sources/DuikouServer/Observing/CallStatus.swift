import DuikouModel
import GRPCCore

/// How a call has ended, as its client is told.
struct CallStatus: Sendable, Hashable {
  let code: StatusCode
  let message: String

  static let ok = CallStatus(code: .ok, message: "")

  private init(code: StatusCode, message: String) {
    self.code = code
    self.message = message
  }

  /// The status of a call that threw an error.
  init(_ error: any Error) {
    switch error {
    case let error as any RPCErrorConvertible:
      code = StatusCode(rawValue: Int32(error.rpcErrorCode.rawValue)) ?? .unknown
      message = error.rpcErrorMessage.withoutControls.prefix(utf8: 1024)
    case is CancellationError: (code, message) = (.cancelled, "")
    default: (code, message) = (.unknown, "\(error)".withoutControls.prefix(utf8: 1024))
    }
  }
}
