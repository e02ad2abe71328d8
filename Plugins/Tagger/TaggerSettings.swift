import DuikouPlugin

/// The configuration: an office's own model, and what is taken of what it finds.
struct TaggerSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x9d3e_61b7
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.tagger.settings", summary: "By which model names are found.",
    fields: [
      .init("model", 1, \Self.model, modelSummary, isBytes: true),
      .init("model_2", 2, \Self.model2, "Its second part, where it has one.", isBytes: true),
      .init("model_3", 3, \Self.model3, "Its third part.", isBytes: true),
      .init("model_4", 4, \Self.model4, "Its fourth part.", isBytes: true),
      .init(
        "threshold", 5, \Self.threshold,
        "How sure a name must be to become a record, from 0 to 1; 0.98 where it is not set."),
      .init("kinds", 6, \Self.kinds, kindsSummary),
    ])
  private static let modelSummary =
    "A model that `duikou train tagger` has made, as {file: PATH}; without it the one that comes along."
  private static let kindsSummary =
    "What is looked for: person, organisation, scenic_spot, with blanks between them; all where it is not set."

  var row = dk_row()
  var model = dk_str()
  var model2 = dk_str()
  var model3 = dk_str()
  var model4 = dk_str()
  var threshold = 0.0
  var kinds = dk_str()
}
