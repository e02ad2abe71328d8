import DuikouPlugin

/// Something that took place, before it is written.
struct Event {
  let kind: Int
  var name: String
  var evidence: Range<Int>
  /// Other places that tell of it.
  var otherEvidence: [Range<Int>] = []
  var place: dk_ref?
  var object: dk_ref?
  var start: Int32?
  var end: Int32?
  let confidence: Double
  private(set) var participants: [Participant] = []
  private var known: Set<EntityKey> = []

  init(kind: Int, name: String = "", evidence: Range<Int>, confidence: Double) {
    self.kind = kind
    self.name = name
    self.evidence = evidence
    self.confidence = confidence
  }

  struct Participant {
    let who: dk_ref
    let role: Int
    let range: Range<Int>
  }

  /// Adds those who take part, each once.
  mutating func add(_ mentions: [Participant]) {
    participants += mentions.filter { known.insert(EntityKey($0.who)).inserted }
  }

  /// Takes the day of a date, unless there is one.
  mutating func take(_ date: dk_date?) {
    guard start == nil, let date else { return }
    start = date.start
    end = date.states(2) ? date.end : nil
  }
}

/// An entity as a key.
struct EntityKey: Hashable {
  let type, row: UInt32

  init(_ entity: dk_ref) {
    type = entity.type
    row = entity.row
  }
}
