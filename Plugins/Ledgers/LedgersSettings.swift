import DuikouPlugin

/// The configuration: what an office's own columns hold.
struct LedgersSettings: ConfigurationRow {
  static let typeID: UInt32 = 0x4c65_6401
  static let definition = RowDefinition(
    Self.self, name: "org.duikou.ledgers.settings", summary: "What the columns of ledgers hold.",
    fields: [.init("columns", 1, \Self.columns, columnsSummary)])
  private static let columnsSummary =
    "Headers and what their columns hold, such as 工程=project.name; 总盘子=project.amount."

  var row = dk_row()
  var columns = dk_str()
}
