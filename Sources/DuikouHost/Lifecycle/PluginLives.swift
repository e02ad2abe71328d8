import DuikouModel

/// Decides what becomes of the files in plugin folders: a value, without files, clocks or processes.
///
/// It is told what was seen and what came of opening a file, and says what is to be done next. Files are
/// known by their paths. A file whose new contents are not fit goes on with those before. One that is
/// gone is let go, but not while files that came with the same look are being opened: it may be one of
/// them under its new name.
struct PluginLives: Sendable {
  /// What the host tells it.
  enum Event: Sendable {
    /// Folders were looked through. Files of folders that are not among them stay as they are.
    case seen([String: [Sighting]])
    /// A file was opened as it was at `mark`.
    case opened(path: String, mark: FileMark, Opening)
    /// The ids of the plugins that must not run.
    case disabled(Set<String>)
    /// The states of the plugins' configurations, by id; those without one are absent.
    case configured([String: String])
    /// What failed for want of something may be there now; with `all`, whatever was refused is to be tried.
    case retry(all: Bool)
  }

  /// What is to be done, in this order.
  enum Action: Sendable {
    /// To open a file, beside everything else, and to tell what came of it.
    case open(path: String, mark: FileMark)
    /// To let this hold from now on.
    case publish(Decision)
    /// To let a plugin end behind its running calls: nothing leads to it any more.
    case retire(FoundPlugin)
  }

  /// Which plugins are used, and what is said of every file.
  struct Decision: Sendable {
    /// By path.
    var listings: [PluginListing] = []
    /// By id.
    var active: [String: FoundPlugin] = [:]
    /// Those that could be used and are not.
    var resting: [FoundPlugin] = []
    var schema = Schema.domain
  }

  private let check: PluginCheck?
  private(set) var entries: [String: Entry] = [:]
  private(set) var disabled: Set<String> = []
  private(set) var configured: [String: String] = [:]
  private(set) var decision = Decision()

  /// `check` may refuse plugins for reasons that the host itself does not know.
  init(check: PluginCheck? = nil) { self.check = check }

  /// Whether a file is being opened.
  var isOpening: Bool { entries.values.contains { $0.opening != nil } }

  /// Takes an event in, and says what follows from it.
  mutating func handle(_ event: Event) -> [Action] {
    var known = plugins
    switch event {
    case .seen(let folders): see(folders)
    case .opened(let path, let mark, let outcome):
      if case .plugin(let found) = outcome { known.append(found) }
      opened(path, mark, outcome)
    case .disabled(let ids): disabled = ids
    case .configured(let states): configured = states
    case .retry(let all):
      for path in entries.keys where entries[path]?.isRetried(all: all) == true {
        entries[path]?.opened = nil
      }
    }
    var actions = open()
    letGo()
    if decide() { actions.append(.publish(decision)) }
    var staying = Set(plugins.map(\.number))
    for found in known where staying.insert(found.number).inserted {
      actions.append(.retire(found))
    }
    return actions
  }

  private var plugins: [FoundPlugin] { entries.values.flatMap(\.plugins) }
}

// MARK: Files

extension PluginLives {
  private mutating func see(_ folders: [String: [Sighting]]) {
    var seen = Set<String>()
    var arrived = Set<String>()
    for (folder, sightings) in folders {
      for sighting in sightings where seen.insert(sighting.path).inserted {
        var entry = entries[sighting.path] ?? Entry(folder: folder, sighting: sighting.state)
        if entries[sighting.path]?.isForgotten != false { arrived.insert(sighting.path) }
        entry.isForgotten = false
        entry.sighting = sighting.state
        entry.successors = nil
        // What changed while it was read is read again, at a look's pace.
        if entry.hasMoved { entry.opened = nil }
        entries[sighting.path] = entry
      }
    }
    for (path, entry) in entries
    where folders[entry.folder] != nil && !seen.contains(path) && entry.successors == nil {
      entries[path]?.successors = arrived
    }
  }

  private mutating func opened(_ path: String, _ mark: FileMark, _ outcome: Opening) {
    guard entries[path]?.opening == mark else { return }
    var outcome = outcome
    if case .plugin(let found) = outcome, let same = plugins.first(where: { found.isSame(as: $0) })
    {
      // It goes on: the file was touched, or has another name.
      outcome = .plugin(same)
    }
    entries[path]?.opening = nil
    entries[path]?.opened = mark
    entries[path]?.outcome = outcome
  }

  /// What is to be opened: whole files that have changed, or whose plugin is set up otherwise.
  private mutating func open() -> [Action] {
    var actions: [Action] = []
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard entry.opening == nil, entry.successors == nil, case .whole(let mark) = entry.sighting,
        entry.opened != mark || isSetUpOtherwise(entry)
      else { continue }
      entries[path]?.opening = mark
      actions.append(.open(path: path, mark: mark))
    }
    return actions
  }

  private func isSetUpOtherwise(_ entry: Entry) -> Bool {
    switch entry.outcome {
    case .plugin(let found):
      found.revision != configured[found.description.id]
        && !disabled.contains(found.description.id)
    case .refused(let unused): unused.note.map { unused.revision != configured[$0.id] } ?? false
    case .disabled(let unused): unused.note.map { !disabled.contains($0.id) } ?? false
    case .torn, nil: false
    }
  }

  /// Forgets files that are gone. One that is being opened still is remembered for that alone: no file is
  /// opened twice at once.
  private mutating func letGo() {
    for (path, entry) in entries {
      guard let successors = entry.successors,
        !successors.contains(where: { entries[$0]?.opening != nil })
      else { continue }
      entries[path] = entry.opening == nil ? nil : entry.forgotten
    }
  }
}

// MARK: Plugins

extension PluginLives {
  /// A plugin that may be used, and the file that it stands for.
  private struct Candidate {
    let path: String
    let found: FoundPlugin
    /// Whether it stands in for newer contents that are not fit.
    let isKept: Bool
  }

  /// Decides anew which plugins are used. Returns whether anything is different from before.
  private mutating func decide() -> Bool {
    var unfit: [String: DuikouError] = [:]
    var candidates: [Candidate]
    var election: Election
    repeat {
      candidates = entries.keys.sorted().compactMap { candidate($0, unfit[$0] != nil) }
      election = Election(
        candidates.map {
          .init(path: $0.path, sha256: $0.found.file.sha256, description: $0.found.description)
        }, check: check)
    } while stepBack(election, candidates, &unfit)
    let new = makeDecision(election, candidates, unfit)
    defer { decision = new }
    return !new.isSame(as: decision)
  }

  /// What a file stands for: its newest contents, or those before where these are not fit.
  private func candidate(_ path: String, _ isUnfit: Bool) -> Candidate? {
    guard let entry = entries[path] else { return nil }
    let newest = isUnfit ? nil : entry.newest
    guard let found = newest ?? entry.kept, !disabled.contains(found.description.id) else {
      return nil
    }
    return Candidate(path: path, found: found, isKept: newest == nil)
  }

  /// Notes newest contents that were not elected where there are others to go on with. Returns whether
  /// there are any.
  private func stepBack(
    _ election: Election, _ candidates: [Candidate], _ unfit: inout [String: DuikouError]
  ) -> Bool {
    let before = unfit.count
    for (candidate, verdict) in zip(candidates, election.verdicts) {
      guard verdict.state == .refused, !candidate.isKept, let reason = verdict.reason,
        let kept = entries[candidate.path]?.kept, kept.number != candidate.found.number
      else { continue }
      unfit[candidate.path] = reason
    }
    return unfit.count > before
  }

  private mutating func makeDecision(
    _ election: Election, _ candidates: [Candidate], _ unfit: [String: DuikouError]
  ) -> Decision {
    var new = Decision()
    new.schema = election.schema
    var listed: [String: PluginListing] = [:]
    for (candidate, verdict) in zip(candidates, election.verdicts) {
      let found = candidate.found
      if verdict.state == .active { new.active[found.description.id] = found }
      // Newest contents that are fit take the place of those before.
      if !candidate.isKept, verdict.state != .refused { entries[candidate.path]?.kept = found }
      var listing = PluginListing(candidate.path, found)
      listing.state = verdict.state
      listing.reason = verdict.reason
      if candidate.isKept, let reason = unfit[candidate.path] ?? entries[candidate.path]?.flaw {
        listing.replacement = reason
        listing.replacementSHA256 = entries[candidate.path]?.openedSHA256 ?? ""
      }
      listed[candidate.path] = listing
    }
    let active = Set(new.active.values.map(\.number))
    new.resting = plugins.filter { !active.contains($0.number) }
    new.listings = entries.keys.sorted().compactMap { path in
      guard let entry = entries[path], !entry.isForgotten else { return nil }
      return listed[path] ?? entry.listing(path)
    }
    return new
  }
}
