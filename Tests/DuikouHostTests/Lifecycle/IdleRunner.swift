import DuikouModel

@testable import DuikouHost

/// A plugin that nobody calls.
struct IdleRunner: PluginRunner {
  let description: PluginDescription
  let isolation = Isolation.worker
  let starts = 0

  func call(_ request: CallRequest) async throws(DuikouError) -> CallResult {
    throw DuikouError(.unimplemented, "nobody calls it")
  }

  func callBlocking(_ request: CallRequest) throws(DuikouError) -> CallResult {
    throw DuikouError(.unimplemented, "nobody calls it")
  }

  func refusal(of document: String) -> DuikouError? { nil }
  func rest() {}
  func close() {}
  func cut() {}
}
