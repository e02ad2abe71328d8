import DuikouModel

@testable import DuikouHost

/// Files, the machine that decides over them, the generations it lives with, and their calls: all that can
/// happen, one step after the other.
struct PluginWorld {
  /// What may lie at a path.
  enum Content: UInt64, CaseIterable {
    case absent
    case arriving
    case first
    case second
    case broken
    case torn
  }

  enum Step: Hashable {
    /// Files change, and are looked at.
    case see([String: Content])
    case finish(Pending, isRead: Bool)
    case disable(Bool)
    case configure(String?)
    case beginCall
    case endCall(Int)
    case passTime(Int)
  }

  /// A file that is being opened.
  struct Pending: Hashable {
    var path: String
    var mark: FileMark
    /// As the operator had set it when it was begun.
    var isDisabled: Bool
    var revision: String?
  }

  struct Life: Hashable {
    var content: Content
    var revision: String?
    var life = GenerationLife()
    var isRetired = false
  }

  static let id = "cn.example.a"

  var files: [String: Content] = [:]
  var lives = PluginLives()
  var pending: [Pending] = []
  var generations: [Int: Life] = [:]
  /// What went wrong, in words.
  var violations: [String] = []
  private var next = 1

  /// The generation that a call would begin on.
  var active: Int? { lives.decision.active[Self.id]?.number }

  mutating func take(_ step: Step) {
    let before = active
    switch step {
    case .see(let changes):
      files.merge(changes) { $1 }
      let sightings = files.filter { $0.value != .absent }.map { path, content in
        Sighting(
          path: path, state: content == .arriving ? .arriving : .whole(Self.mark(content)))
      }
      perform(lives.handle(.seen(["": sightings])))
      if let before, !files.values.contains(.absent), active != before {
        violations.append("a look alone took generation \(before) out of use")
      }
    case .finish(let job, let isRead):
      pending.removeAll { $0 == job }
      perform(
        lives.handle(
          .opened(path: job.path, mark: job.mark, outcome(of: job, isRead: isRead))))
    case .disable(let isWanted): perform(lives.handle(.disabled(isWanted ? [Self.id] : [])))
    case .configure(let revision):
      perform(lives.handle(.configured(revision.map { [Self.id: $0] } ?? [:])))
    case .beginCall: if let active { generations[active]?.life.began() }
    case .endCall(let number): generations[number]?.life.finished()
    case .passTime(let number):
      if generations[number]?.life.timePassed() == .cut {
        while generations[number]?.life.running ?? 0 > 0 { generations[number]?.life.finished() }
      }
    }
    check(step, before)
    forgetEnded()
  }

  static func mark(_ content: Content) -> FileMark {
    FileMark(file: FileStamp(inode: content.rawValue))
  }

  private mutating func outcome(of job: Pending, isRead: Bool) -> Opening {
    let content = Content(rawValue: job.mark.file.inode) ?? .absent
    var unused = Opening.Unused(reason: DuikouError(.unavailable, "broken"))
    guard isRead else { return .torn(DuikouError(.aborted, "changed")) }
    switch content {
    case .torn: return .torn(DuikouError(.unavailable, "torn"))
    case .broken: return .refused(unused)
    default:
      let version = content == .first ? "1.0.0" : "2.0.0"
      guard let parsed = SemanticVersion(version) else { return .refused(unused) }
      unused.note = PluginNote(
        abiMajor: 1, abiMinor: 0, id: Self.id, version: parsed, versionText: version)
      unused.revision = job.revision
      if job.isDisabled { return .disabled(unused) }
      defer { next += 1 }
      generations[next] = Life(content: content, revision: job.revision)
      let description = PluginDescription(id: Self.id, version: parsed, versionText: version)
      return .plugin(
        FoundPlugin(
          number: next, file: PluginFile(path: job.path, sha256: version, copyPath: ""),
          description: description, signer: nil, revision: job.revision,
          generation: Generation(IdleRunner(description: description))))
    }
  }

  private mutating func perform(_ actions: [PluginLives.Action]) {
    for action in actions {
      switch action {
      case .open(let path, let mark):
        if pending.contains(where: { $0.path == path }) {
          violations.append("\(path) is opened twice at once")
        }
        pending.append(
          Pending(
            path: path, mark: mark, isDisabled: lives.disabled.contains(Self.id),
            revision: lives.configured[Self.id]))
      case .publish: break
      case .retire(let found):
        if generations[found.number]?.isRetired != false {
          violations.append("generation \(found.number) was retired twice")
        }
        generations[found.number]?.isRetired = true
        _ = generations[found.number]?.life.retired()
      }
    }
  }

  // MARK: What must hold

  private mutating func check(_ step: Step, _ before: Int?) {
    let held = Set(lives.entries.values.flatMap(\.plugins).map(\.number))
    if let active {
      let life = generations[active]
      if life?.life.phase != .serving { violations.append("a method has no live generation") }
      if ![.first, .second].contains(life?.content) { violations.append("a refused file runs") }
      if lives.disabled.contains(Self.id) { violations.append("a disabled plugin is used") }
      if !held.contains(active) { violations.append("what is used stands on no file") }
    }
    for (number, life) in generations {
      if life.life.running > 0, life.life.phase == .ended {
        violations.append("a call runs on a generation that has ended")
      }
      if !held.contains(number), !life.isRetired {
        violations.append("generation \(number) is held by nothing and was not retired")
      }
    }
    if case .finish(let job, _) = step, before != nil, active == nil,
      lives.entries.values.allSatisfy({ $0.successors == nil }),
      files.values.allSatisfy({ $0 != .absent }), lives.disabled.isEmpty
    {
      violations.append("opening \(job.path) took away what was used")
    }
    if case .finish = step, let before, let active, before != active,
      let (old, new) = Optional((generations[before], generations[active])),
      old?.content == new?.content, old?.revision == new?.revision
    {
      violations.append("the same plugin was begun anew")
    }
    if pending.isEmpty { checkAtRest() }
  }

  private mutating func checkAtRest() {
    let there = files.filter { $0.value != .absent }.keys.sorted()
    if lives.decision.listings.map(\.path) != there {
      violations.append("the list has other files than the folder")
    }
    if lives.isOpening { violations.append("it waits for an opening that nobody makes") }
    guard !lives.disabled.contains(Self.id) else { return }
    let versions = files.values.filter { [.first, .second].contains($0) }.map(\.rawValue)
    let used = active.flatMap { generations[$0] }
    // Contents that serve on behind a broken replacement may be higher than what lies there.
    if let highest = versions.max(), (used?.content.rawValue ?? 0) < highest {
      violations.append("not the highest version is used")
    }
    let isReplaced = files.values.contains { [.broken, .torn, .arriving].contains($0) }
    if !isReplaced, used.map({ $0.revision != lives.configured[Self.id] }) == true {
      violations.append("the generation used has another configuration")
    }
  }

  /// Forgets generations that nothing can reach any more.
  private mutating func forgetEnded() {
    generations = generations.filter { !$0.value.isRetired || $0.value.life.phase != .ended }
  }
}

extension PluginWorld {
  /// All that can happen next, with at most `calls` calls at once.
  func steps(_ choice: Choice) -> [Step] {
    var steps: [Step] = []
    for path in choice.paths {
      for content in choice.contents where files[path, default: .absent] != content {
        steps.append(.see([path: content]))
      }
    }
    if choice.renames, choice.paths.count == 2 {
      for (from, to) in [(0, 1), (1, 0)] {
        let (from, to) = (choice.paths[from], choice.paths[to])
        if let content = files[from], content != .absent {
          steps.append(.see([from: .absent, to: content]))
        }
      }
    }
    for job in pending {
      steps.append(.finish(job, isRead: true))
      if files[job.path].map(Self.mark) != job.mark {
        steps.append(.finish(job, isRead: false))
      }
    }
    if choice.operates {
      steps.append(.disable(!lives.disabled.contains(Self.id)))
      steps.append(.configure(lives.configured[Self.id] == nil ? "r" : nil))
    }
    let running = generations.filter { $0.value.life.running > 0 }.keys
    if active != nil, generations.values.map(\.life.running).reduce(0, +) < choice.calls {
      steps.append(.beginCall)
    }
    steps += running.map(Step.endCall)
    steps += running.filter { generations[$0]?.isRetired == true }.map(Step.passTime)
    return steps
  }

  /// What is explored.
  struct Choice: Sendable {
    var paths: [String]
    var contents: [Content]
    var renames = false
    var operates = false
    var calls = 0
  }

  /// Tells states apart that differ in more than the numbers of generations.
  var key: String {
    var names: [Int: Int] = [:]
    func name(_ number: Int?) -> String {
      guard let number else { return "-" }
      let known = names[number] ?? names.count
      names[number] = known
      let life = generations[number]
      return "\(known):\(life?.content.rawValue ?? 0)\(life?.revision ?? "")"
        + "\(life.map { "\($0.life.phase)\($0.life.running)\($0.isRetired)" } ?? "?")"
    }
    var key = "\(lives.disabled.count)\(lives.configured[Self.id] ?? "")"
    for (path, entry) in lives.entries.sorted(by: { $0.key < $1.key }) {
      let isGone = entry.successors.map { $0.sorted().joined(separator: ",") } ?? "here"
      key +=
        "|\(path) \(isGone)\(entry.isForgotten) \(entry.opening?.file.inode ?? 9) \(entry.opened?.file.inode ?? 9)"
      switch entry.sighting {
      case .whole(let mark): key += " w\(mark.file.inode)"
      case .arriving: key += " a"
      case .unusable: key += " u"
      }
      switch entry.outcome {
      case .plugin(let found)?: key += " p\(name(found.number))"
      case .disabled(let unused)?: key += " d\(unused.note?.versionText ?? "")"
      case .refused(let unused)?:
        key += " r\(unused.note?.versionText ?? "")\(unused.revision ?? "")"
      case .torn?: key += " t"
      case nil: key += " -"
      }
      key += " k\(name(entry.kept?.number))"
    }
    key += "|active \(name(active))"
    for job in pending {
      key += "|\(job.path)\(job.mark.file.inode)\(job.isDisabled)\(job.revision ?? "")"
    }
    let others = generations.filter { names[$0.key] == nil }.values.map {
      "\($0.content.rawValue)\($0.revision ?? "")\($0.life.phase)\($0.life.running)"
    }
    return key + "|" + others.sorted().joined(separator: ",")
      + "|" + files.sorted { $0.key < $1.key }.map { "\($0.key)\($0.value.rawValue)" }.joined()
  }
}
