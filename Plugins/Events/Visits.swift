import DuikouPlugin

/// The visits of a document, each once.
///
/// What a text says of visits to one host is one visit if a guest or the day is the same and no other day is named, or
/// if it names neither guests nor a day.
struct Visits {
  private(set) var events: [Event] = []
  private var last: [Key: Int] = [:]

  /// What tells visits apart.
  private struct Key: Hashable {
    let host: EntityKey
    var guest: EntityKey?
    var day: Int32?
  }

  /// Adds a visit to a place or agency, or what is said of one that is known.
  mutating func add(_ visit: Event, to host: dk_ref) {
    let host = EntityKey(host)
    var keys = visit.participants.filter { $0.role == Int(DK_ATTENDEE) }.map {
      Key(host: host, guest: EntityKey($0.who))
    }
    if let day = visit.start { keys.append(Key(host: host, day: day)) }
    let unsaid = last[Key(host: host)].flatMap { isUnsaid(events[$0]) ? $0 : nil }
    let known =
      (keys.isEmpty ? [Key(host: host)] : keys).compactMap { last[$0] }.filter {
        visit.start == nil || [nil, visit.start].contains(events[$0].start)
      }.min() ?? unsaid
    let index = known ?? events.count
    if known == nil {
      events.append(visit)
    } else {
      if isUnsaid(events[index]) { events[index].evidence = visit.evidence }
      events[index].take(visit)
    }
    for key in keys + [Key(host: host)] { last[key] = index }
  }

  /// Whether nothing is known of a visit but its host, as in a headline.
  private func isUnsaid(_ event: Event) -> Bool {
    event.start == nil && !event.participants.contains { $0.role == Int(DK_ATTENDEE) }
  }
}

extension Event {
  /// Takes who took part in another, and its day unless there is one.
  fileprivate mutating func take(_ other: Event) {
    if start == nil { (start, end) = (other.start, other.end) }
    add(other.participants)
  }
}
