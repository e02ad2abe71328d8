/// The row type of a plugin's configuration: a field is a key of the plugin's section.
///
///     struct HotelSettings: ConfigurationRow {
///       static let typeID: UInt32 = 0x484f_0001
///       static let definition = RowDefinition(
///         Self.self, name: "cn.example.hotels.settings", summary: "How hotels are found.",
///         fields: [.init("word", 1, \Self.word, "What hotels are called.")])
///       var row = dk_row()
///       var word = dk_str()
///     }
///
/// Its fields are numbers and strings; it has neither spans nor references.
public protocol ConfigurationRow: RowType, BitwiseCopyable {
  /// The type's id stands in `typeID`.
  static var definition: RowDefinition { get }
}
