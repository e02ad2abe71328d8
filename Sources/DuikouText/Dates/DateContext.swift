/// What is known where a date stands that is not written in full.
public struct DateContext: Equatable, Sendable {
  /// The day on which the text was published.
  public var published: CalendarDay?
  /// Whether only its year is known.
  public var isYearOnly = false
  /// Whether the text is a notice, which tells of what is to come as much as of what was.
  public var isNotice = false
  /// The first day of the last date before that states its year.
  public var neighbour: CalendarDay?
  /// How exactly that one is stated.
  public var neighbourPrecision: ChineseDate.Precision
  /// Whether it is in the same paragraph, and so more telling than the day of publication.
  public var isNeighbourNear: Bool

  public init(
    published: CalendarDay? = nil, neighbour: CalendarDay? = nil,
    neighbourPrecision: ChineseDate.Precision = .day, isNeighbourNear: Bool = true
  ) {
    self.published = published
    self.neighbour = neighbour
    self.neighbourPrecision = neighbourPrecision
    self.isNeighbourNear = isNeighbourNear
  }
}
