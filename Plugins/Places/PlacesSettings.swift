import DuikouPlugin

/// The configuration: divisions that the plugin does not know, and words that it takes for places, each as
/// {file: PATH}.
struct PlacesSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x506c_6101
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.places.settings",
    summary: "More divisions, and words that are no places.",
    fields: [
      .init(
        "divisions", 1, \Self.divisions,
        "CSV with the columns code and name, and where there are any parent, lon, lat, valid_from, valid_until.",
        isBytes: true),
      .init("divisions_2", 2, \Self.divisions2, "More of them; a file has 64 KiB.", isBytes: true),
      .init("divisions_3", 3, \Self.divisions3, "More of them.", isBytes: true),
      .init("divisions_4", 4, \Self.divisions4, "More of them.", isBytes: true),
      .init("words", 5, \Self.words, "More rows of not-places.tsv.", isBytes: true),
    ])

  var row = dk_row()
  var divisions = dk_str()
  var divisions2 = dk_str()
  var divisions3 = dk_str()
  var divisions4 = dk_str()
  var words = dk_str()
}
