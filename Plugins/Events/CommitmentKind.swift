import DuikouPlugin

/// How something is said that shall be done.
enum CommitmentKind: String, CaseIterable, Sendable {
  case proposal, promise, plan, advice

  /// DK_PROPOSAL and so on.
  var value: Int {
    switch self {
    case .proposal: Int(DK_PROPOSAL)
    case .promise: Int(DK_PROMISE)
    case .plan: Int(DK_PLAN)
    case .advice: Int(DK_ADVICE)
    }
  }
}
