/// What a column of a ledger holds.
enum ColumnField: String, CaseIterable, Sendable {
  case projectName = "project.name"
  case projectOwner = "project.owner"
  case projectPlace = "project.place"
  case projectAmount = "project.amount"
  case projectStatus = "project.status"
  case action = "commitment.action"
  case speaker = "commitment.speaker"
  case due = "commitment.due"
  /// A number of its own.
  case figure
  /// A sum of money of its own, in the unit of the table where it has none.
  case money = "figure.money"
  /// Nothing that is kept.
  case none

  /// What the parts of a column hold that are known by its header only: 京方 below 资金 is a part of the money.
  var ofParts: ColumnField { self == .projectAmount ? .money : self }
}
