import DuikouText
import Testing

@Suite struct CalendarDayTests {
  @Test(
    "Counts days since 1970-01-01",
    arguments: [
      (1970, 1, 1, 0), (2018, 7, 4, 17_716), (1969, 12, 31, -1), (2000, 2, 29, 11_016),
      (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896),
    ] as [(Int, Int, Int, Int32)])
  func days(year: Int, month: Int, day: Int, expected: Int32) {
    let date = CalendarDay(year: year, month: month, day: day)
    #expect(date?.days == expected)
    #expect(date.map { [$0.year, $0.month, $0.day] } == [year, month, day])
  }

  @Test(
    "Refuses days that do not exist",
    arguments: [
      (2018, 2, 29), (1900, 2, 29), (2018, 2, 30), (2018, 4, 31), (2018, 13, 1), (2018, 0, 1),
      (2018, 1, 0), (0, 1, 1), (10_000, 1, 1), (2018, .min, 1), (.max, 1, 1), (2018, 1, .max),
    ])
  func refused(year: Int, month: Int, day: Int) {
    #expect(CalendarDay(year: year, month: month, day: day) == nil)
  }

  @Test("Goes through all days of four centuries and back")
  func all() throws {
    let start = try #require(CalendarDay(year: 1800, month: 1, day: 1))
    for count in 0..<146_097 {
      let date = start.adding(days: count)
      let again = CalendarDay(year: date.year, month: date.month, day: date.day)
      guard again == date else {
        Issue.record("\(date) \(String(describing: again))")
        return
      }
    }
    #expect(start.adding(days: 146_097).description == "2200-01-01")
  }

  @Test("Moves by months to the last day where the month is shorter, and traps nowhere")
  func moving() throws {
    let day = try #require(CalendarDay(year: 2018, month: 3, day: 31))
    #expect(day.adding(months: -1)?.description == "2018-02-28")
    #expect(day.adding(months: 10)?.description == "2019-01-31")
    #expect(day.adding(months: .min) == nil)
    #expect(day.adding(days: .max).days == .max)
    #expect(CalendarDay(days: .min).adding(days: -1).days == .min)
    #expect(CalendarDay(days: .min).adding(months: 1) == nil)
    #expect(CalendarDay(days: .max).description.hasSuffix("-11"))
  }
}
