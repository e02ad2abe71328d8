import GRPCCore

/// How long a client waits for its call, from the header `grpc-timeout`: up to eight digits and a unit.
struct GRPCTimeout: Sendable, Hashable {
  let duration: Duration

  static let header = "grpc-timeout"

  /// Nil where the client has no deadline, or one that is not well-formed.
  init?(_ metadata: Metadata) {
    guard let text = metadata.first(Self.header) else { return nil }
    self.init(text)
  }

  init?(_ text: String) {
    let digits = text.dropLast()
    guard let unit = text.last, digits.utf8.count <= 8, let number = Int64(digits),
      digits.allSatisfy(\.isASCII), digits.allSatisfy(\.isNumber)
    else { return nil }
    switch unit {
    case "H": duration = .seconds(number * 3600)
    case "M": duration = .seconds(number * 60)
    case "S": duration = .seconds(number)
    case "m": duration = .milliseconds(number)
    case "u": duration = .microseconds(number)
    case "n": duration = .nanoseconds(number)
    default: return nil
    }
  }
}

extension GRPCTimeout {
  /// A call's parts without timeouts that are none: gRPC's server traps on one below zero (grpc-swift-2
  /// 2.4.3, `Timeout`).
  static func withoutBad<Bytes>(
    _ inbound: RPCAsyncSequence<RPCRequestPart<Bytes>, any Error>
  ) -> RPCAsyncSequence<RPCRequestPart<Bytes>, any Error> {
    RPCAsyncSequence(
      wrapping: inbound.map { part in
        guard case .metadata(var metadata) = part,
          metadata[stringValues: header].contains(where: { GRPCTimeout($0) == nil })
        else { return part }
        metadata.removeAllValues(forKey: header)
        return .metadata(metadata)
      })
  }
}
