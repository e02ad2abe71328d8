import DuikouModel

/// Decides which of the plugins found are used: a value, without files or libraries.
///
/// The highest version of an id wins; of equal versions the first by path. Row types are given
/// out by id of plugin, so that the order in which files were found never matters.
struct Election {
  /// A plugin that described itself.
  struct Candidate {
    var path: String
    var sha256: String
    var description: PluginDescription
  }

  /// For each candidate, whether it is used, or why not.
  private(set) var verdicts: [Verdict] = []
  /// The domain's row types and those of the plugins used.
  private(set) var schema: Schema

  struct Verdict {
    var state: PluginListing.State
    var reason: DuikouError?
  }

  init(_ candidates: [Candidate], domain: Schema = .domain) {
    schema = domain
    verdicts = candidates.map { _ in Verdict(state: .active, reason: nil) }
    let order = candidates.indices.sorted {
      let (left, right) = (candidates[$0], candidates[$1])
      if left.description.id != right.description.id {
        return left.description.id < right.description.id
      }
      if left.description.version != right.description.version {
        return left.description.version > right.description.version
      }
      return left.path < right.path
    }
    var winner: Candidate?
    for index in order {
      let candidate = candidates[index]
      if let winner, winner.description.id == candidate.description.id {
        verdicts[index] = Self.shadow(candidate, by: winner)
        continue
      }
      var extended = schema
      do {
        for type in candidate.description.types { try extended.add(type) }
        schema = extended
        winner = candidate
      } catch {
        verdicts[index] = Verdict(state: .refused, reason: error)
      }
    }
  }

  private static func shadow(_ candidate: Candidate, by winner: Candidate) -> Verdict {
    let isSame = candidate.sha256 == winner.sha256
    let version = winner.description.versionText
    let sentence =
      isSame
      ? "the same file as \(winner.path)"
      : candidate.description.version == winner.description.version
        ? "\(winner.path) has the same id and version \(version); raise the version of one"
        : "\(winner.path) has the same id and the higher version \(version)"
    return Verdict(
      state: .shadowed, reason: DuikouError(.alreadyExists, "shadowed: \(sentence)"))
  }
}
