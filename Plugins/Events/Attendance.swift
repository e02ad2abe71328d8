import DuikouPlugin
import DuikouReading
import DuikouText

/// Finds who was at a meeting or visit: the people of sentences with 出席 or 参加.
enum Attendance {
  private struct Held: Placed {
    let range: Range<Int>
    let index: Int
  }

  /// Adds the people to the event that was named last before them, the first one otherwise.
  static func add(to events: inout [Event], in context: EventContext) {
    let held = events.indices.filter { [Int(DK_MEETING), Int(DK_VISIT)].contains(events[$0].kind) }
      .map { Held(range: events[$0].evidence, index: $0) }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    guard let first = held.first else { return }
    for (sentence, _) in context.sentences(.attend) {
      let range = context.joined(to: sentence)
      let event = held.beginning(in: 0..<range.lowerBound).last ?? first
      let people = context.entities(dk_person.self, in: context.withoutByline(range))
      events[event.index].add(
        people.map { .init(who: $0.entity, role: Int(DK_ATTENDEE), range: $0.range) })
    }
  }
}
