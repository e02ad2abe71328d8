import DuikouReading
import DuikouText

extension Lexicon {
  /// The words behind which names begin, from `starts.tsv`, for `NameStart`.
  static let nameStarts = Lexicon(
    DataTable(PackageResources.starts_tsv).rows.map {
      ($0[0], $0[1] == "initial" ? NameStart.initial : 0)
    })
}
