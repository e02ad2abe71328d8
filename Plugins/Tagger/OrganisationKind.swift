import DuikouPlugin

/// What an organisation is, by how its name ends.
enum OrganisationKind {
  private static let endings: [(ending: String, kind: Int)] = [
    ("公司", DK_COMPANY), ("集团", DK_COMPANY), ("厂", DK_COMPANY), ("旅行社", DK_COMPANY),
    ("协会", DK_ASSOCIATION), ("商会", DK_ASSOCIATION), ("学会", DK_ASSOCIATION),
    ("联合会", DK_ASSOCIATION), ("促进会", DK_ASSOCIATION), ("研究会", DK_ASSOCIATION),
    ("联盟", DK_ASSOCIATION), ("平台", DK_PLATFORM),
  ]

  /// DK_COMPANY and so on; nil where the name does not say it.
  static func of(_ name: String) -> UInt32? {
    endings.first { name.hasSuffix($0.ending) }.map { UInt32($0.kind) }
  }
}
