import DuikouModel
import GRPCCore

/// How a call ended.
public struct CallOutcome: Sendable {
  public let code: StatusCode
  /// Empty when it went well.
  public let message: String
  public let trailingMetadata: Metadata

  /// The bytes of the `google.rpc.Status` that came with the status; nil where none did.
  public var details: [UInt8]? {
    trailingMetadata[binaryValues: "grpc-status-details-bin"].first { _ in true }
  }

  init(trailingMetadata: Metadata) {
    (code, message) = (.ok, "")
    self.trailingMetadata = trailingMetadata
  }

  init(_ error: any Error) {
    let described = DuikouError(calling: error)
    (code, message) = (described.code, described.message)
    trailingMetadata = (error as? RPCError)?.metadata ?? [:]
  }
}
