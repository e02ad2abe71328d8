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

  init(_ candidates: [Candidate], domain: Schema = .domain, check: PluginCheck? = nil) {
    schema = domain
    var unfit: [Int: DuikouError] = [:]
    while true {
      elect(candidates, without: unfit, domain: domain)
      // A plugin that goes takes its row types along, on which others may stand.
      let more = candidates.indices.filter { verdicts[$0].state == .active }.compactMap { index in
        flaw(in: candidates[index].description, check).map { (index, $0) }
      }
      guard !more.isEmpty else { return }
      unfit.merge(more) { first, _ in first }
    }
  }

  private func flaw(in plugin: PluginDescription, _ check: PluginCheck?) -> DuikouError? {
    if let flaw = schema.flaw(in: plugin) { return flaw }
    do throws(DuikouError) {
      try check?(plugin, schema)
      return nil
    } catch {
      return error
    }
  }

  /// Decides once, leaving some out for the reasons given.
  private mutating func elect(
    _ candidates: [Candidate], without unfit: [Int: DuikouError], domain: Schema
  ) {
    schema = domain
    verdicts = candidates.indices.map { index in
      unfit[index].map { Verdict(state: .refused, reason: $0) }
        ?? Verdict(state: .active, reason: nil)
    }
    let order = candidates.indices.filter { unfit[$0] == nil }.sorted {
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

extension Schema {
  /// Bytes by which a plugin's idea of a row may be longer than the host's: what a later minor of the
  /// headers may have added. Every row of every image has room for them, so it is little.
  private static let longestAddition = 64

  /// Why a plugin cannot be used with these row types; nil where it can.
  fileprivate func flaw(in plugin: PluginDescription) -> DuikouError? {
    for method in plugin.methods {
      let name = "\(plugin.id)/\(method.name)"
      for use in method.uses {
        guard let type = self[use.type] else {
          guard use.writes else { continue }
          return DuikouError(
            .failedPrecondition,
            "\(name) writes row type \(hexadecimal(use.type)), which no plugin describes: list it "
              + "in the plugin's types, or add the plugin that does")
        }
        guard use.rowSize <= type.size + Self.longestAddition else {
          return DuikouError(
            .invalidArgument,
            "\(name) takes rows of \(type.name) for \(use.rowSize) bytes long; they have "
              + "\(type.size): set row_size to sizeof the row")
        }
      }
    }
    return nil
  }
}
