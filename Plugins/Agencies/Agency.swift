/// An agency with all its mentions in a document.
struct Agency {
  let division: Anchor.Division
  let body: Body
  var mentions: [AgencyMention]

  /// Makes the full name. A county's agency bears the name of the prefecture where the document never
  /// leaves it out.
  func fullName() -> String {
    let written = mentions.filter { $0.isBehindParent != nil }
    let isAlwaysWritten = !written.isEmpty && written.allSatisfy { $0.isBehindParent == true }
    let isCounty = division.code % 100 != 0
    let parent = isCounty && isAlwaysWritten ? written.first?.parentName ?? "" : ""
    return body.name.replacingGap(with: parent + division.name)
  }

  /// The agencies of a document, in the order in which it first names them.
  static func gathered(from mentions: [AgencyMention]) -> [Agency] {
    var agencies: [Agency] = []
    var indices: [Key: Int] = [:]
    for mention in mentions {
      let key = Key(division: mention.division.code, body: mention.body.key)
      if let index = indices[key] {
        agencies[index].mentions.append(mention)
      } else {
        indices[key] = agencies.count
        agencies.append(
          Agency(division: mention.division, body: mention.body, mentions: [mention]))
      }
    }
    return agencies
  }

  private struct Key: Hashable {
    let division: UInt32
    let body: String
  }
}

extension String {
  /// The name with `{}` replaced.
  func replacingGap(with name: String) -> String {
    guard let gap = utf8.firstIndex(of: UInt8(ascii: "{")) else { return self }
    return self[..<gap] + name + self[utf8.index(gap, offsetBy: 2)...]
  }
}
