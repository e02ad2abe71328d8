import DuikouModel

/// Runs `body`, and `onCancel` at once when the task is cancelled meanwhile or was before: the library's
/// handler with a typed error.
func withCancellation<Value: Sendable>(
  _ body: () async throws(DuikouError) -> Value, onCancel: @Sendable () -> Void
) async throws(DuikouError) -> Value {
  let result: Result<Value, DuikouError> = await withTaskCancellationHandler {
    do throws(DuikouError) {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  } onCancel: {
    onCancel()
  }
  return try result.get()
}
