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
