import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds who was at a meeting or visit: the people of sentences with 出席 or 参加.
enum Attendance {
  private static let verbs = ["出席", "参加", "与会", "座谈", "见证"]

  /// Adds the people to the event that was named last before them, the first one otherwise.
  static func add(to events: inout [Event], in context: EventContext) {
    let held = events.indices.filter { [Int(DK_MEETING), Int(DK_VISIT)].contains(events[$0].kind) }
    guard let first = held.min(by: { start(events[$0]) < start(events[$1]) }) else { return }
    for sentence in context.document.sentences
    where verbs.contains(where: { context.text.firstOffset(of: $0, in: sentence) != nil }) {
      let range = start(of: sentence, in: context)..<sentence.upperBound
      let before = held.filter { start(events[$0]) < range.lowerBound }
      let event = before.max { start(events[$0]) < start(events[$1]) } ?? first
      let people = context.entities(dk_person.self, in: range)
      events[event].add(
        people.map { .init(who: $0.entity, role: Int(DK_ATTENDEE), range: $0.range) })
    }
  }

  private static func start(_ event: Event) -> Int { event.evidence.lowerBound }

  /// The start of a sentence with those joined to it by ;.
  private static func start(of sentence: Range<Int>, in context: EventContext) -> Int {
    let text = context.text
    var start = sentence.lowerBound
    while text.width(ofAny: [";", "；"], at: text.scalarStart(before: start)) > 0 {
      start = text.sentenceStart(of: text.scalarStart(before: start))
    }
    return start
  }
}
