import Foundation
import Testing

@testable import DuikouTerminal

@Suite("A terminal")
struct TerminalTests {
  @Test(
    "does not get others' control characters",
    arguments: [
      ("敖汉旗\n\t旗", "敖汉旗\n\t旗"), ("\u{1b}[2J", "\u{fffd}[2J"), ("\r\u{9b}", "\u{fffd}\u{fffd}"),
      ("\u{202e}a\u{2069}", "\u{fffd}a\u{fffd}"),
    ])
  func harmless(_ text: String, _ shown: String) {
    #expect(Terminal.harmless(text) == shown)
  }

  @Test("says whether anybody reads")
  func closed() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = Pipe()
    let terminal = Terminal(descriptor: pipe.fileHandleForWriting.fileDescriptor)
    #expect(terminal.write("a"))
    try pipe.fileHandleForReading.close()
    #expect(!terminal.write("a"))
  }
}
