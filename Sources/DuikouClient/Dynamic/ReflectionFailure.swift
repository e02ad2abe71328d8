import DuikouModel

/// The cause of an error where a call of the server's reflection has ended with a status.
public struct ReflectionFailure: Error {
  public let code: StatusCode
}
