/// An error with a gRPC code, a sentence that tells the reader what to do, and its cause.
public struct DuikouError: Error, Sendable {
  public let code: StatusCode
  public let message: String
  public let cause: (any Error)?
  /// What a program may want to know, such as the `signal` and `symbol` of a crash.
  public let details: [String: String]

  public init(
    _ code: StatusCode, _ message: String, cause: (any Error)? = nil,
    details: [String: String] = [:]
  ) {
    self.code = code
    self.message = message
    self.cause = cause
    self.details = details
  }
}

extension DuikouError: CustomStringConvertible {
  /// The code and the message, such as `NOT_FOUND: no document has the id …`.
  public var description: String {
    guard let cause else { return "\(code): \(message)" }
    return "\(code): \(message) (\(cause))"
  }
}
