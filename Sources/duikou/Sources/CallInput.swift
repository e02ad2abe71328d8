import DuikouModel
import DuikouWire
import Foundation

/// What `duikou call` sends: JSON, `@` and a file, `-` for standard input, or nothing.
struct CallInput {
  private let text: String?

  init(_ text: String?) {
    self.text = text
  }

  /// The messages, of which a method that takes no stream takes one.
  func documents(isStream: Bool) throws(DuikouError) -> [JSONValue] {
    guard let text else { return isStream ? [] : [.object([])] }
    let documents = try JSONParser.documents(in: try bytes(text))
    guard isStream || documents.count == 1 else {
      throw DuikouError(
        .invalidArgument,
        "the method takes one message, and the input holds \(documents.count): give one JSON object"
      )
    }
    return documents
  }

  private func bytes(_ text: String) throws(DuikouError) -> [UInt8] {
    do {
      if text == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
      guard text.hasPrefix("@") else { return Array(text.utf8) }
      return Array(try Data(contentsOf: URL(fileURLWithPath: String(text.dropFirst()))))
    } catch {
      let name = text == "-" ? "standard input" : String(text.dropFirst())
      throw DuikouError(.notFound, "\(name) cannot be read: check its name", cause: error)
    }
  }
}
