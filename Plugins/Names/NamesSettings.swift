import DuikouPlugin

/// The configuration: rows of an office's own for the tables in `Data`, each as {file: PATH}. They stand before
/// those that come along, and count where both have a word.
struct NamesSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x4e61_6d01
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.names.settings", summary: "More rows for the plugin's tables.",
    fields: [
      .init("regions", 1, \Self.regions, "More rows of regions.tsv.", isBytes: true),
      .init(
        "organisations", 2, \Self.organisations, "More rows of organisations.tsv.", isBytes: true),
      .init(
        "words", 3, \Self.words, "More rows of words.tsv: what makes routes, brands and projects.",
        isBytes: true),
      .init(
        "generic", 4, \Self.generic, "More rows of generic.tsv: words that are no names.",
        isBytes: true),
    ])

  var row = dk_row()
  var regions = dk_str()
  var organisations = dk_str()
  var words = dk_str()
  var generic = dk_str()
}
