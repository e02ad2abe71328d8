import Testing

@testable import DuikouHost

@Suite("What a worker writes")
struct OutputLinesTests {
  private func add(
    _ lines: inout OutputLines, _ text: String, from pipe: OutputLines.Pipe = .err,
    at seconds: Int64 = 0
  ) -> [OutputLines.Line] {
    lines.add(text.utf8, from: pipe, now: seconds * 1_000_000_000)
  }

  @Test("is split into lines, wherever the pieces end")
  func pieces() {
    var lines = OutputLines()
    #expect(add(&lines, "第一").isEmpty)
    #expect(add(&lines, "行\n第二行\n第").map(\.text) == ["第一行", "第二行"])
    #expect(lines.finish(.err, now: 0).map(\.text) == ["第"])
    #expect(lines.finish(.err, now: 0).isEmpty)
    #expect(lines.tail == ["第一行", "第二行", "第"])
  }

  @Test("is not joined across its two pipes, and has one tail")
  func pipes() {
    var lines = OutputLines()
    #expect(add(&lines, "half of ", from: .out).isEmpty)
    #expect(add(&lines, "other\nan", from: .err).map(\.text) == ["other"])
    let logged = add(&lines, "\u{1e}4careful\n", from: .err)
    #expect(logged.map(\.text) == ["an", "careful"])
    #expect(logged.map(\.severity) == [nil, 4])
    #expect(add(&lines, "it\n", from: .out).map(\.text) == ["half of it"])
    #expect(lines.tail == ["other", "an", "careful", "half of it"])
  }

  @Test("ends where a pipe does, which leaves the other alone")
  func ends() {
    var lines = OutputLines()
    #expect(add(&lines, "out", from: .out).isEmpty)
    #expect(add(&lines, "\u{1e}2err", from: .err).isEmpty)
    let last = lines.finish(.err, now: 0)
    #expect(last.map(\.text) == ["err"] && last.map(\.severity) == [2])
    #expect(lines.finish(.out, now: 0).map(\.text) == ["out"])
    #expect(lines.finish(.out, now: 0).isEmpty)
    #expect(lines.tail == ["err", "out"])
  }

  @Test("has a severity where the plugin logs it")
  func severities() {
    var lines = OutputLines()
    let found = add(&lines, "\u{1e}3careful\nplain\n\u{1e}9odd\n")
    #expect(found.map(\.severity) == [3, nil, nil])
    #expect(found.map(\.text) == ["careful", "plain", " 9odd"])
  }

  @Test("cannot move the cursor of whoever reads the log")
  func control() {
    var lines = OutputLines()
    #expect(add(&lines, "a\u{1b}[2Jb\rc\n").map(\.text) == ["a [2Jb c"])
  }

  @Test("is cut where it has no end")
  func endless() {
    var lines = OutputLines()
    let found = add(&lines, String(repeating: "a", count: 10_000))
    #expect(found.map(\.text.count) == [4096, 4096])
  }

  @Test("is left out above a rate, which is told in the next second")
  func rate() {
    var lines = OutputLines()
    #expect(add(&lines, String(repeating: "x\n", count: 250)).count == 100)
    let next = add(&lines, "y\n", at: 1).map(\.text)
    #expect(next == ["150 more lines were left out", "y"])
    #expect(lines.tail.count == OutputLines.remembered)
  }
}
