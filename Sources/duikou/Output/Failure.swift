import ArgumentParser
import DuikouModel
import DuikouTerminal
import DuikouWire

/// A file or folder that could not be analysed.
struct InputError: Sendable {
  var path: String
  var error: DuikouError
}

/// Tells errors to people, on standard error.
enum Failure {
  /// Prints an error; to be thrown on, so that the program ends with 1.
  static func report(_ error: DuikouError) -> ExitCode {
    print(error, at: nil)
    return ExitCode(1)
  }

  /// Prints an error and what came with it: messages that `@type` names.
  static func print(_ error: DuikouError, details: [JSONValue]) {
    print(error, at: nil)
    let terminal = Terminal.standardError
    for detail in details {
      guard case .object(let members) = detail else { continue }
      let type = detail["@type"].map(text)?.split { "./".contains($0) }.last ?? ""
      terminal.write("  \(terminal.styled(Terminal.harmless(String(type)), .bold))\n")
      for member in members where member.key != "@type" { print(member, depth: 2) }
    }
  }

  private static func print(_ member: JSONValue.Member, depth: Int) {
    let head = String(repeating: "  ", count: depth) + member.key + ":"
    guard case .object(let members) = member.value else {
      Terminal.standardError.write(foreign: "\(head) \(text(member.value))\n")
      return
    }
    Terminal.standardError.write(foreign: "\(head)\n")
    for member in members { print(member, depth: depth + 1) }
  }

  /// A string as it is, other values as JSON.
  private static func text(_ value: JSONValue) -> String {
    guard case .string(let text) = value else { return value.compactText }
    return text
  }

  static func print(_ error: InputError) {
    print(error.error, at: error.path)
  }

  private static func print(_ error: DuikouError, at path: String?) {
    let terminal = Terminal.standardError
    let head = terminal.styled("error:", .red)
    let place = path.map { "\($0): " } ?? ""
    let code = terminal.styled("[\(error.code)]", .dim)
    terminal.write("\(head) \(Terminal.harmless(place + error.message)) \(code)\n")
  }
}
