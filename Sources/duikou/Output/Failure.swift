import ArgumentParser
import DuikouModel
import DuikouTerminal

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

  static func print(_ error: InputError) {
    print(error.error, at: error.path)
  }

  private static func print(_ error: DuikouError, at path: String?) {
    let terminal = Terminal.standardError
    let head = terminal.styled("error:", .red)
    let place = path.map { "\($0): " } ?? ""
    let code = terminal.styled("[\(error.code)]", .dim)
    terminal.write("\(head) \(place)\(error.message) \(code)\n")
  }
}
