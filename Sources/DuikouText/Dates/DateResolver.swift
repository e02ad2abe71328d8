/// Finds the days of a date from what is written and what is known where it stands.
struct DateResolver {
  /// The days of a date, and where they come from.
  struct Days: Equatable {
    var first: CalendarDay
    var last: CalendarDay
    var precision: ChineseDate.Precision
    var basis: ChineseDate.Basis
  }

  /// What became of a date.
  enum Result: Equatable {
    case days(Days)
    /// Something is missing.
    case unresolved(ChineseDate.Precision)
    /// There is no such day.
    case invalid
  }

  let context: DateContext
  /// Whether the text announces it: 将于.
  var isAhead = false
  /// Whether it is the end of a term, 6月底前, which may be still to come in the year of publication.
  var isDue = false

  private typealias Known<Value> = (value: Value, basis: ChineseDate.Basis)

  func resolve(_ term: DateTerm) -> Result {
    if let whole = term.whole { return resolve(whole) }
    if let day = term.day {
      switch day {
      case .stated(let day): return resolve(day: day, of: term)
      case .relative(let count):
        return single(publishedDay.map { ($0.adding(days: count), .publication) })
      case .neighbour(let count):
        let day = context.neighbourPrecision == .day ? context.neighbour : nil
        return single(day.map { ($0.adding(days: count), .neighbour) })
      }
    }
    if term.month != nil { return resolveMonth(of: term) }
    guard let year = year(of: term) ?? nearYear(of: term) else {
      return .unresolved(precision(of: term))
    }
    return resolve(year, part: term.part)
  }

  /// Whether there can be no such day in any year.
  private func isImpossible(day: Int, month: Int) -> Bool {
    !(1...12 ~= month) || !(1...CalendarDay.length(ofMonth: month, year: 2000) ~= day)
  }

  // MARK: Days

  private var publishedDay: CalendarDay? { context.isYearOnly ? nil : context.published }

  private func single(_ day: Known<CalendarDay>?) -> Result {
    guard let day else { return .unresolved(.day) }
    return .days(Days(first: day.value, last: day.value, precision: .day, basis: day.basis))
  }

  private func resolve(day: Int, of term: DateTerm) -> Result {
    guard 1...31 ~= day else { return .invalid }
    guard let month = term.month else { return resolve(dayAlone: day) }
    if case .stated(let month) = month {
      if isImpossible(day: day, month: month) { return .invalid }
      if let year = year(of: term) {
        guard let date = CalendarDay(year: year.value, month: month, day: day) else {
          return .invalid
        }
        return single((date, year.basis))
      }
      if isRelative(term) { return .unresolved(.day) }
      return single(nearest { CalendarDay(year: $0, month: month, day: day) })
    }
    guard let start = relativeMonth(month) else { return .unresolved(.day) }
    guard
      let date = CalendarDay(year: start.value.year, month: start.value.month, day: day)
    else { return .invalid }
    return single((date, start.basis))
  }

  /// 4日: of the neighbour's month, or the last one before the publication.
  private func resolve(dayAlone day: Int) -> Result {
    let isNear = context.isNeighbourNear || publishedDay == nil
    if isNear, let neighbour = context.neighbour,
      context.neighbourPrecision == .day || context.neighbourPrecision == .month,
      let date = CalendarDay(year: neighbour.year, month: neighbour.month, day: day)
    {
      return single((date, .neighbour))
    }
    guard let published = publishedDay else { return .unresolved(.day) }
    let months = isAhead ? [0, 1, 2] : [0, -1, -2]
    for count in months {
      guard let month = published.adding(months: count),
        let date = CalendarDay(year: month.year, month: month.month, day: day)
      else { continue }
      let fits = isAhead ? date >= published : date <= published.adding(days: 1)
      if fits { return single((date, .publication)) }
    }
    return .unresolved(.day)
  }

  // MARK: Months

  private func resolveMonth(of term: DateTerm) -> Result {
    guard let month = term.month else { return .unresolved(.month) }
    var start: Known<CalendarDay>?
    if case .stated(let month) = month {
      guard 1...12 ~= month else { return .invalid }
      if let year = year(of: term) {
        start = CalendarDay(year: year.value, month: month, day: 1).map { ($0, year.basis) }
      } else if !isRelative(term) {
        start = nearest { CalendarDay(year: $0, month: month, day: 1) }
      }
    } else {
      start = relativeMonth(month)
    }
    guard let start else { return .unresolved(precision(of: term)) }
    return days(of: start.value, part: term.part, basis: start.basis)
  }

  private func days(
    of month: CalendarDay, part: DateTerm.Part?, basis: ChineseDate.Basis
  ) -> Result {
    let length = CalendarDay.length(ofMonth: month.month, year: month.year)
    let first = month.adding(days: 1 - month.day)
    guard case .days(let days) = part else {
      return .days(
        Days(
          first: first, last: first.adding(days: length - 1), precision: .month, basis: basis))
    }
    return .days(
      Days(
        first: first.adding(days: days.lowerBound - 1),
        last: first.adding(days: min(days.upperBound, length) - 1), precision: .period,
        basis: basis))
  }

  private func relativeMonth(_ month: DateTerm.Month) -> Known<CalendarDay>? {
    switch month {
    case .stated: nil
    case .relative(let count):
      publishedDay?.adding(months: count).map { ($0, .publication) }
    case .neighbour:
      context.neighbourPrecision == .day || context.neighbourPrecision == .month
        ? context.neighbour.map { ($0, .neighbour) } : nil
    }
  }

  // MARK: Years

  private func year(of term: DateTerm) -> Known<Int>? {
    switch term.year {
    case .stated(let year): (year, .stated)
    case .relative(let count): context.published.map { ($0.year + count, .publication) }
    case .neighbour(let count): context.neighbour.map { ($0.year + count, .neighbour) }
    case nil: nil
    }
  }

  /// Whether the year is one such as 今年, which no date before it tells.
  private func isRelative(_ term: DateTerm) -> Bool {
    if case .relative = term.year { true } else { false }
  }

  /// The year of 上半年 or 月底, which none is written for.
  private func nearYear(of term: DateTerm) -> Known<Int>? {
    guard term.year == nil else { return nil }
    if case .days = term.part { return nil }
    if context.isNeighbourNear, let neighbour = context.neighbour {
      return (neighbour.year, .neighbour)
    }
    return context.published.map { ($0.year, .publication) }
      ?? context.neighbour.map { ($0.year, .neighbour) }
  }

  /// The date in the neighbour's year if that one is near, else the last one until the day after the
  /// publication, or the next one if the text announces it. A guessed year counts less than a day or month told before.
  private func nearest(_ date: (Int) -> CalendarDay?) -> Known<CalendarDay>? {
    let isTelling = context.neighbourPrecision == .day || context.neighbourPrecision == .month
    let isNear = context.isNeighbourNear || context.isYearOnly && isTelling
    if isNear, let neighbour = context.neighbour, let day = date(neighbour.year) {
      return (day, .neighbour)
    }
    guard let published = context.published else {
      return context.neighbour.flatMap { date($0.year) }.map { ($0, .neighbour) }
    }
    // 29 February is eight years away at most.
    if isDue, !isAhead { return due(date, published) }
    if context.isNotice, !isAhead {
      let days = (-1...1).compactMap { date(published.year + $0) }
      return days.min { abs($0.days - published.days) < abs($1.days - published.days) }
        .map { ($0, .publication) }
    }
    for distance in 0...8 {
      let year = published.year + (isAhead ? distance : -distance)
      guard let day = date(year) else { continue }
      if isAhead ? day >= published : day <= published.adding(days: 1) {
        return (day, .publication)
      }
    }
    return nil
  }

  /// The end of a term in the year of publication; in the next one where it would have passed long ago.
  private func due(
    _ date: (Int) -> CalendarDay?, _ published: CalendarDay
  ) -> Known<CalendarDay>? {
    let earliest = context.isYearOnly ? nil : published.adding(days: -Self.mostOverdue)
    for year in published.year...(published.year + 8) {
      guard let day = date(year), earliest.map({ day >= $0 }) ?? true else { continue }
      return (day, .publication)
    }
    return nil
  }

  /// Days.
  private static let mostOverdue = 92

  private func resolve(_ year: Known<Int>, part: DateTerm.Part?) -> Result {
    var (months, precision) = (1...12, ChineseDate.Precision.year)
    if case .months(let range, let exact) = part { (months, precision) = (range, exact) }
    guard let first = CalendarDay(year: year.value, month: months.lowerBound, day: 1),
      let last = CalendarDay(lastOfMonth: months.upperBound, year: year.value)
    else { return .invalid }
    return .days(Days(first: first, last: last, precision: precision, basis: year.basis))
  }

  // MARK: Periods

  private func resolve(_ whole: DateTerm.Whole) -> Result {
    switch whole {
    case .fixed(let first, let last, let precision):
      return .days(Days(first: first, last: last, precision: precision, basis: .stated))
    case .months(let count):
      guard let published = publishedDay, let end = published.adding(months: count) else {
        return .unresolved(.period)
      }
      let (first, last) =
        count < 0 ? (end.adding(days: 1), published) : (published.adding(days: 1), end)
      return .days(Days(first: first, last: last, precision: .period, basis: .publication))
    case .yearsAway(let count):
      guard let published = context.published else { return .unresolved(.year) }
      return resolve((published.year + count, .publication), part: nil)
    }
  }

  private func precision(of term: DateTerm) -> ChineseDate.Precision {
    if term.day != nil { return .day }
    switch term.part {
    case .months(_, let precision): return precision
    case .days: return .period
    case nil: return term.month != nil ? .month : .year
    }
  }
}
