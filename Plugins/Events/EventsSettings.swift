import DuikouPlugin

/// The configuration: rows of an office's own for the tables in `Data`, each as {file: PATH}. They stand before
/// those that come along, and count where both have a word.
struct EventsSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x4576_6501
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.events.settings", summary: "More rows for the plugin's tables.",
    fields: [
      .init("meetings", 1, \Self.meetings, "More rows of meetings.tsv.", isBytes: true),
      .init("speech", 2, \Self.speech, "More rows of speech.tsv.", isBytes: true),
      .init("clauses", 3, \Self.clauses, "More rows of clauses.tsv.", isBytes: true),
      .init("acts", 4, \Self.acts, "More rows of acts.tsv.", isBytes: true),
    ])

  var row = dk_row()
  var meetings = dk_str()
  var speech = dk_str()
  var clauses = dk_str()
  var acts = dk_str()
}
