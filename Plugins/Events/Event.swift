import DuikouPlugin

/// Something that took place, before it is written.
struct Event {
  let kind: Int
  var name = ""
  var evidence: Range<Int>
  /// Other places that tell of it.
  var otherEvidence: [Range<Int>] = []
  var place: dk_ref?
  var object: dk_ref?
  var start: Int32?
  var end: Int32?
  var confidence: Double
  var participants: [Participant] = []

  struct Participant {
    let who: dk_ref
    let role: Int
    let range: Range<Int>
  }

  mutating func add(_ mentions: [Participant]) {
    for mention in mentions
    where !participants.contains(where: {
      $0.who.type == mention.who.type && $0.who.row == mention.who.row
    }) {
      participants.append(mention)
    }
  }

  mutating func take(_ date: dk_date?) {
    guard start == nil, let date else { return }
    start = date.start
    end = date.states(2) ? date.end : nil
  }
}
