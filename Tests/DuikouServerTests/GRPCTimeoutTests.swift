import Testing

@testable import DuikouServer

@Suite("A client's deadline")
struct GRPCTimeoutTests {
  @Test(
    "is read in each unit of the header",
    arguments: [
      ("1H", Duration.seconds(3600)), ("2M", .seconds(120)), ("10S", .seconds(10)),
      ("1m", .milliseconds(1)), ("99999999u", .microseconds(99_999_999)),
      ("0n", .zero), ("99999999H", .seconds(99_999_999 * 3600)),
    ])
  func units(_ text: String, _ duration: Duration) {
    #expect(GRPCTimeout(text)?.duration == duration)
  }

  @Test(
    "is none where it is not well-formed",
    arguments: ["", "S", "5", "-1S", "1.5S", "123456789S", "1x"])
  func malformed(_ text: String) {
    #expect(GRPCTimeout(text) == nil)
  }
}
