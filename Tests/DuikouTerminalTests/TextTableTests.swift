import Testing

@testable import DuikouTerminal

@Suite("A table on a terminal")
struct TextTableTests {
  private let pipe = Terminal(descriptor: -1, environment: [:], columns: 100)

  @Test(
    "knows how wide text is",
    arguments: [
      ("", 0), ("abc", 3), ("北京", 4), ("a北b", 4), ("１２", 4), ("e\u{301}", 1), ("《》", 4), ("…", 1),
      ("😀", 2),
    ])
  func width(text: String, columns: Int) {
    #expect(CharacterWidth.of(text) == columns)
  }

  @Test(
    "cuts text at whole characters",
    arguments: [("北京市", 6, "北京市"), ("北京市", 5, "北京…"), ("北京市", 4, "北…"), ("abc", 2, "a…")])
  func cut(text: String, columns: Int, expected: String) {
    #expect(CharacterWidth.cut(text, to: columns) == expected)
  }

  @Test("aligns columns of Chinese and Latin text, without colours in a pipe")
  func aligned() {
    var table = TextTable([.init("名称"), .init("代码"), .init("x")])
    table.add(["北京市", "110000", "1"])
    table.add(["奈曼旗", "150525", "22"])
    table.add(["ab", "", "一\n二"])
    #expect(
      table.rendered(for: pipe) == """
        名称    代码    x
        北京市  110000  1
        奈曼旗  150525  22
        ab              一 二

        """)
  }

  @Test("does not let control characters of its cells reach the terminal")
  func harmless() {
    var table = TextTable([.init("x")])
    table.add(["a\u{1b}[2J\u{9b}\u{7f}\u{202e}"])
    #expect(table.rendered(for: pipe) == "x\na [2J\u{fffd}\u{fffd}\u{fffd}\n")
  }

  @Test("lets flexible columns give way to the width of the terminal")
  func fitted() {
    var table = TextTable([.init("a"), .init("b", isFlexible: true), .init("c", isFlexible: true)])
    table.add([
      "1", String(repeating: "长", count: 80), String(repeating: "y", count: 20),
    ])
    let lines = table.rendered(for: pipe).split(separator: "\n")
    #expect(lines.allSatisfy { CharacterWidth.of($0) <= 100 })
    #expect(lines[1].contains(String(repeating: "y", count: 20)))
  }

  @Test("has a progress bar of whole blocks")
  func progress() {
    let line = ProgressBar.line(
      done: 1, total: 4, label: "通知.txt", elapsed: .seconds(2), columns: 90)
    #expect(line.hasPrefix("███████░"))
    #expect(line.contains("1/4") && line.contains("约剩 6 秒") && line.hasSuffix("通知.txt"))
    let narrow = ProgressBar.line(
      done: 4, total: 4, label: String(repeating: "长", count: 80), elapsed: .zero, columns: 40)
    #expect(CharacterWidth.of(narrow) <= 39)
  }
}
