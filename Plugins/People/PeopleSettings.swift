import DuikouPlugin

/// The configuration: rows of an office's own for the tables in `Data`, each as {file: PATH}. They stand before
/// those that come along, and count where both have a word.
struct PeopleSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x5065_6f01
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.people.settings", summary: "More rows for the plugin's tables.",
    fields: [
      .init("titles", 1, \Self.titles, "More rows of titles.tsv.", isBytes: true),
      .init("surnames", 2, \Self.surnames, "More rows of surnames.tsv.", isBytes: true),
      .init(
        "words", 3, \Self.words, "More rows of words.tsv: words that are no names.", isBytes: true),
    ])

  var row = dk_row()
  var titles = dk_str()
  var surnames = dk_str()
  var words = dk_str()
}
