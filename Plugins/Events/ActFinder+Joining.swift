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
        isDone(verb, in: sentence, context), !isWithdrawn(organisation, in: context.text)
      else { return [] }
      let members = members(endingBy: clause, context)
      guard let first = members.first else { return [] }
      let since = context.since(
        of: first.range.lowerBound, or: verb.range.lowerBound, in: sentence)
      return members.map {
        Membership(
          member: $0, organisation: organisation.entity, role: Int(DK_MEMBER),
          evidence: $0.range.lowerBound..<organisation.range.upperBound,
          since: since)
      }
    }
  }

  /// Whether no word before a verb makes it what is only planned, supposed or denied.
  func isDone(_ verb: ActVerb, in before: Range<Int>, _ context: EventContext) -> Bool {
    let clause = context.text.clauses(in: before).last ?? before
    return !context.verbs.beginning(in: before).contains {
      $0.range.upperBound <= before.upperBound
        && ($0.kind == .suppose || $0.kind == .intend && $0.range.lowerBound >= clause.lowerBound)
    }
  }

  /// 加入“…联盟”的申请: whether what stands behind an organisation says that it was not joined.
  private func isWithdrawn(_ organisation: EntityMention, in text: SourceText) -> Bool {
    var end = organisation.range.upperBound
    end += text.width(ofAny: ["”", "》", "」"], at: end)
    end += text.width(ofAny: ["的"], at: end)
    return text.width(ofAny: ["申请", "请求", "意向", "计划", "事宜", "被拒", "未果"], at: end) > 0
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
