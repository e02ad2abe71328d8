import DuikouModel

extension PluginLives {
  /// What is known of one file.
  struct Entry: Sendable {
    let folder: String
    var sighting: Sighting.State
    /// As what it is being opened; nil where it is not.
    var opening: FileMark?
    /// As what it was opened the last time.
    var opened: FileMark?
    /// What came of that.
    var outcome: Opening?
    /// What has been used of it, and goes on until there is something better.
    var kept: FoundPlugin?
    /// Nil while the file is there. Otherwise the files that came when it went.
    var successors: Set<String>?
    /// Whether all that is left of it is that it is being opened.
    var isForgotten = false

    init(folder: String, sighting: Sighting.State) {
      self.folder = folder
      self.sighting = sighting
    }

    /// What is left of one that is gone and is being opened still.
    var forgotten: Entry {
      var entry = Entry(folder: folder, sighting: sighting)
      entry.opening = opening
      entry.successors = []
      entry.isForgotten = true
      return entry
    }

    var newest: FoundPlugin? {
      guard !isUnusable, case .plugin(let found)? = outcome else { return nil }
      return found
    }

    /// The plugins that stand on it.
    var plugins: [FoundPlugin] {
      guard let kept, kept.number != newest?.number else { return [newest].compactMap { $0 } }
      return [kept, newest].compactMap { $0 }
    }

    private var isUnusable: Bool {
      if case .unusable = sighting { true } else { false }
    }

    /// Whether it is worth another try: for want of something, or in any case where it was refused.
    func isRetried(all: Bool) -> Bool {
      if case .refused(let unused)? = outcome { all || unused.isTemporary } else { false }
    }

    /// Whether it changed while it was read.
    var hasMoved: Bool {
      if case .torn(let error)? = outcome { error.code == .aborted } else { false }
    }

    /// Of what was opened the last time, in hex; empty where that could not be read.
    var openedSHA256: String {
      switch outcome {
      case .plugin(let found): found.file.sha256
      case .disabled(let unused), .refused(let unused): unused.sha256
      case .torn, nil: ""
      }
    }

    /// Why its contents are not used; nil where they are, or may be.
    var flaw: DuikouError? {
      if case .unusable(let error) = sighting { return error }
      switch outcome {
      case .refused(let unused), .disabled(let unused): return unused.reason
      case .torn(let error): return error
      case .plugin, nil: return nil
      }
    }

    /// What is said of a file that stands for no plugin that could be used.
    func listing(_ path: String) -> PluginListing {
      if case .unusable(let error) = sighting {
        return PluginListing(path: path, state: .refused, reason: error)
      }
      switch outcome {
      case .plugin(let found):
        var listing = PluginListing(path, found)
        listing.state = .disabled
        listing.reason = .disabled(found.description.id)
        return listing
      case .disabled(let unused): return PluginListing(path, unused, .disabled)
      case .refused(let unused): return PluginListing(path, unused, .refused)
      case .torn(let error): return PluginListing(path: path, state: .arriving, reason: error)
      case nil: return PluginListing(path: path, state: .arriving)
      }
    }
  }
}

extension DuikouError {
  /// Why a plugin does not run that the operator does not want.
  static func disabled(_ id: String) -> DuikouError {
    DuikouError(.failedPrecondition, "disabled: `duikou plugin enable \(id)` lets it run")
  }
}

extension PluginListing {
  /// A file that stands for a plugin that could be used.
  init(_ path: String, _ found: FoundPlugin) {
    self.init(
      path: path, sha256: found.file.sha256, state: .active, description: found.description,
      isolation: found.isolation)
    signer = found.signer
    generation = found.number
  }

  fileprivate init(_ path: String, _ unused: Opening.Unused, _ state: State) {
    self.init(
      path: path, sha256: unused.sha256, state: state, description: unused.description,
      isolation: unused.isolation, reason: unused.reason)
    note = unused.note
    signer = unused.signer
  }
}

extension PluginLives.Decision {
  /// Whether it says the same as another.
  func isSame(as other: Self) -> Bool {
    active.mapValues(\.number) == other.active.mapValues(\.number)
      && resting.map(\.number).sorted() == other.resting.map(\.number).sorted()
      && listings.count == other.listings.count
      && zip(listings, other.listings).allSatisfy { $0.isSame(as: $1) }
  }
}
