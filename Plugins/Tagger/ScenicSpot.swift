import DuikouPlugin

/// A scenic spot that a document names. Key: `name`.
struct ScenicSpot: RowType, BitwiseCopyable {
  static let typeID: UInt32 = 0x4c82_f5a3
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.tagger.scenic_spot", summary: "A scenic spot.",
    fields: [.init("name", 1, \Self.name, "As the text has it first.", isKey: true)])

  var row = dk_row()
  var name = dk_str()
}
