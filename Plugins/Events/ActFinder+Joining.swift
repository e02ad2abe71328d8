import DuikouPlugin
import DuikouReading
import DuikouText

extension ActFinder {
  /// Bytes between the last member and the verb: 自2017年起正式.
  private static let memberReach = 45

  /// 敖汉旗、宁城县自2017年起加入“…旅游联盟”.
  func joinings(in context: EventContext) -> [Membership] {
    context.verbs.filter { $0.kind == .join }.flatMap { verb -> [Membership] in
      let behind = verb.range.upperBound..<verb.range.upperBound + Self.nameReach
      guard
        let organisation = context.mentions.beginning(in: behind)
          .first(where: { $0.isA(dk_organisation.self) })
      else { return [] }
      let sentence = context.sentence(around: verb.range).lowerBound..<verb.range.lowerBound
      guard let clause = context.text.clauses(in: sentence).last,
        !context.verbs.beginning(in: clause).contains(where: { $0.kind == .intend })
      else { return [] }
      return members(endingBy: clause, context).map {
        Membership(
          member: $0, organisation: organisation.entity, role: Int(DK_MEMBER),
          evidence: $0.range.lowerBound..<organisation.range.upperBound,
          since: context.since(in: sentence))
      }
    }
  }

  /// Each membership once, with the first day that any of them names.
  static func merged(_ memberships: [Membership]) -> [Membership] {
    struct Key: Hashable {
      let member: EntityKey
      let organisation: UInt32
    }
    var merged: [Membership] = []
    var known: [Key: Int] = [:]
    for membership in memberships {
      let key = Key(
        member: EntityKey(membership.member.entity), organisation: membership.organisation.row)
      if let index = known[key] {
        merged[index].since = merged[index].since ?? membership.since
      } else {
        known[key] = merged.count
        merged.append(membership)
      }
    }
    return merged
  }

  /// The list of places and agencies that stands last in a clause; 敖汉旗 of 赤峰市敖汉旗.
  private func members(endingBy clause: Range<Int>, _ context: EventContext) -> [EntityMention] {
    let text = context.text
    let named = context.mentions.beginning(in: clause).filter {
      ($0.isA(dk_place.self) || $0.isA(dk_agency.self)) && $0.range.upperBound <= clause.upperBound
    }
    var found: [EntityMention] = []
    var end = clause.upperBound
    for mention in named.sorted(by: { $0.range.upperBound < $1.range.upperBound }).reversed() {
      guard let next = found.last else {
        guard end - mention.range.upperBound <= Self.memberReach,
          text.firstOffset(of: "的", in: mention.range.upperBound..<end) == nil
        else { return [] }
        found.append(mention)
        continue
      }
      end = next.range.lowerBound
      if mention.range.lowerBound <= end, mention.range.upperBound >= next.range.upperBound {
        found[found.count - 1] = mention
      } else if let separator = text.listSeparator(before: end), separator.kind != .comma,
        mention.range.upperBound == end - separator.width
      {
        found.append(mention)
      } else if mention.range.upperBound < end {
        break
      }
    }
    return found.reversed()
  }
}
