import DuikouPlugin
import DuikouReading
import DuikouText

/// A place on a route, by its name: a division, or a scenic spot, which has no record to refer to.
struct RouteStop {
  let range: Range<Int>
  let place: dk_ref?
  /// Which part between the dashes of the route's name it is, from 1 on.
  var order = 1

  /// Characters of the shortest name of a spot.
  private static let shortest = 3
  private static let dashes = ["—", "–", "－", "-", "~", "→"]
  /// What separates stops only where one stands on each side: not in 至美草原.
  private static let to = ["至"]
  /// What a route's name may end with behind its last division.
  private static let tours = [
    "自驾游", "深度游", "一日游", "两日游", "三日游", "之旅", "环线", "自驾", "专线", "游", "行", "线",
    "市区", "城区", "区",
  ]

  /// The stops in the name of a route, in order: of each part between its dashes the division or spot with which it ends.
  static func stops(
    in name: Range<Int>, _ places: [EntityMention], endings: Lexicon, _ text: SourceText
  ) -> [RouteStop] {
    let reader = Reader(places: places, endings: endings, text: text)
    let parts = pieces(of: name, between: dashes, text).flatMap(reader.divided)
    return parts.enumerated().compactMap { index, part in
      var stop = reader.stop(in: part, isAlone: parts.count == 1)
      stop?.order = index + 1
      return stop
    }
  }

  private struct Reader {
    let places: [EntityMention]
    let endings: Lexicon
    let text: SourceText

    /// 北京 and 赤峰 of 北京至赤峰; otherwise the part itself.
    func divided(_ part: Range<Int>) -> [Range<Int>] {
      let pieces = RouteStop.pieces(of: part, between: RouteStop.to, text)
      let isWhole =
        pieces.first?.lowerBound == part.lowerBound && pieces.last?.upperBound == part.upperBound
      return isWhole && pieces.allSatisfy { stop(in: $0, isAlone: false) != nil } ? pieces : [part]
    }

    /// The stop that a part names; of a spot in a division the spot: no 北京 in 北京欢乐谷.
    func stop(in part: Range<Int>, isAlone: Bool) -> RouteStop? {
      let division = places.beginning(in: part).filter { $0.range.upperBound <= part.upperBound }
        .max { $0.range.upperBound < $1.range.upperBound }
      if let division {
        let width = text.width(ofAny: RouteStop.tours, at: division.range.upperBound)
        if [part.upperBound, part.upperBound - width].contains(division.range.upperBound) {
          return RouteStop(range: division.range, place: division.entity)
        }
      }
      guard !isAlone else { return nil }
      let own = (division?.range.upperBound ?? part.lowerBound)..<part.upperBound
      return [own, part].first(where: isSpot).map { RouteStop(range: $0, place: nil) }
    }

    private func isSpot(_ part: Range<Int>) -> Bool {
      text.string(part).count >= RouteStop.shortest
        && endings.matches(in: text, range: part).contains {
          $0.end == part.upperBound && $0.start > part.lowerBound
        }
    }
  }

  /// What stands between the separators of a name.
  private static func pieces(
    of name: Range<Int>, between separators: [String], _ text: SourceText
  ) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var (start, at) = (name.lowerBound, name.lowerBound)
    while at < name.upperBound {
      let width = text.width(ofAny: separators, at: at)
      if width > 0 {
        if at > start { pieces.append(start..<at) }
        start = at + width
      }
      at += width > 0 ? width : max(text.scalar(at: at).width, 1)
    }
    if start < name.upperBound { pieces.append(start..<name.upperBound) }
    return pieces
  }
}
