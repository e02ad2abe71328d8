import DuikouPlugin
import DuikouReading
import DuikouText

/// A place on a route, by its name: a division, or a scenic spot, which has no record to refer to.
struct RouteStop {
  let range: Range<Int>
  let place: dk_ref?

  /// Characters of the shortest name of a spot.
  private static let shortest = 3
  private static let dashes = ["—", "–", "－", "-", "~", "→", "至"]

  /// The stops in the name of a route, in order: each division in it, and between its dashes each name that ends like
  /// one of a spot and holds no division.
  static func stops(
    in name: Range<Int>, _ places: [EntityMention], endings: Lexicon, _ text: SourceText
  ) -> [RouteStop] {
    let divisions = places.beginning(in: name).map {
      RouteStop(range: $0.range, place: $0.entity)
    }
    let parts = parts(of: name, text)
    guard parts.count > 1 else { return divisions }
    let spots = parts.filter { part in
      places.beginning(in: part).isEmpty && isSpot(part, endings, text)
    }
    .map { RouteStop(range: $0, place: nil) }
    return (divisions + spots).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static func isSpot(_ part: Range<Int>, _ endings: Lexicon, _ text: SourceText) -> Bool {
    text.string(part).count >= shortest
      && endings.matches(in: text, range: part).contains {
        $0.end == part.upperBound && $0.start > part.lowerBound
      }
  }

  /// What stands between the dashes of a name.
  private static func parts(of name: Range<Int>, _ text: SourceText) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var (start, at) = (name.lowerBound, name.lowerBound)
    while at < name.upperBound {
      let width = text.width(ofAny: dashes, at: at)
      if width > 0 {
        if at > start { parts.append(start..<at) }
        start = at + width
      }
      at += width > 0 ? width : max(text.scalar(at: at).width, 1)
    }
    if start < name.upperBound { parts.append(start..<name.upperBound) }
    return parts
  }
}
