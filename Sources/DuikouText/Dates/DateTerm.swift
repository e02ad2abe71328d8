/// A date as it is written, without knowing when the text was.
struct DateTerm: Equatable {
  enum Year: Equatable {
    case stated(Int)
    /// 今年 is 0, 去年 -1: counted from the publication's.
    case relative(Int)
    /// 同年, 当年: that of the date before; 次年 is 1.
    case neighbour(Int)
  }

  enum Month: Equatable {
    case stated(Int)
    /// 本月 is 0, 上月 -1.
    case relative(Int)
    /// 当月: that of the date before.
    case neighbour
  }

  enum Day: Equatable {
    case stated(Int)
    /// 今天 is 0, 昨天 -1.
    case relative(Int)
    /// 当天: that of the date before; 次日 is 1.
    case neighbour(Int)
  }

  /// A part of a year or a month.
  enum Part: Equatable {
    case months(ClosedRange<Int>, ChineseDate.Precision)
    case days(ClosedRange<Int>)
  }

  /// What is the same whenever it is written, or counted from the publication.
  enum Whole: Equatable {
    /// 20世纪90年代, 十三五期间.
    case fixed(CalendarDay, CalendarDay, ChineseDate.Precision)
    /// 近三年 is -36, 今后三年 36: months until or from the publication.
    case months(Int)
    /// 30年前 is -30.
    case yearsAway(Int)
  }

  var year: Year?
  var month: Month?
  var day: Day?
  var part: Part?
  var whole: Whole?
  /// Bytes, exclusive.
  var end: Int

  init(end: Int) {
    self.end = end
  }

  /// Whether a year, a month and a day are written.
  var isFull: Bool {
    if case .stated = year, case .stated = month, case .stated = day { return true }
    return false
  }
}
