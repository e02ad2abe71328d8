import DuikouPlugin

/// The configuration: rows of an office's own for the tables in `Data`, each as {file: PATH}. They stand before
/// those that come along, and count where both have a word.
struct AgenciesSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x4167_6501
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.agencies.settings", summary: "More rows for the plugin's tables.",
    fields: [
      .init(
        "suffixes", 1, \Self.suffixes,
        "More rows of suffixes.tsv: bodies by their short and full names.", isBytes: true),
      .init("stems", 2, \Self.stems, "More rows of stems.tsv.", isBytes: true),
      .init("groups", 3, \Self.groups, "More rows of groups.tsv.", isBytes: true),
    ])

  var row = dk_row()
  var suffixes = dk_str()
  var stems = dk_str()
  var groups = dk_str()
}
