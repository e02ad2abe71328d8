import DuikouPlugin

/// The configuration of the plugin that these tests make.
struct HotelSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x484f_0001
  static let definition = RowDefinition(
    Self.self, name: "cn.example.hotels.settings", summary: "How hotels are found.",
    fields: [
      .init("word", 1, \Self.word, "What hotels are called."),
      .init("most", 2, \Self.most, "How many are found in a document."),
      .init("least", 3, \Self.least, "How many there must be."),
      .init("share", 4, \Self.share, "How many of them count."),
      .init("list", 5, \Self.list, "A list of them, as bytes.", isBytes: true),
    ])
  var row = dk_row()
  var word = dk_str()
  var most: UInt32 = 0
  var least: Int32 = 0
  var share = 0.0
  var list = dk_str()
}
