import DuikouPlugin

/// The configuration: rows of an office's own for the tables in `Data`, each as {file: PATH}. They stand before
/// those that come along, and count where both have a word.
struct PairingsSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x5061_6901
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.pairings.settings", summary: "More rows for the plugin's tables.",
    fields: [
      .init("words", 1, \Self.words, "More rows of words.tsv.", isBytes: true),
      .init("sides", 2, \Self.sides, "More rows of sides.tsv.", isBytes: true),
    ])

  var row = dk_row()
  var words = dk_str()
  var sides = dk_str()
}
