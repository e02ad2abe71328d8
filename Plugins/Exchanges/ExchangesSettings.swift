import DuikouPlugin

/// The configuration: rows of an office's own for the tables in `Data`, each as {file: PATH}. They stand before
/// those that come along, and count where both have a word.
struct ExchangesSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x4578_6301
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.exchanges.settings", summary: "More rows for the plugin's tables.",
    fields: [
      .init("topics", 1, \Self.topics, "More rows of topics.tsv.", isBytes: true),
      .init("sides", 2, \Self.sides, "More rows of sides.tsv.", isBytes: true),
      .init("words", 3, \Self.words, "More rows of words.tsv.", isBytes: true),
    ])

  var row = dk_row()
  var topics = dk_str()
  var sides = dk_str()
  var words = dk_str()
}
