import DuikouModel

/// Reads what references name, and tells nothing of it.
struct ReferenceReader {
  let environment: [String: String]
  let readFile: ConfigurationSchema.FileReading

  /// What a variable holds, which may be nothing.
  func variable(_ name: String) throws(ConfigurationFlaw) -> String {
    // What is no name may be the secret itself, put into the wrong place.
    guard Self.isName(name) else {
      throw ConfigurationFlaw("env takes the name of a variable, such as API_KEY")
    }
    guard let value = environment[name] else {
      throw ConfigurationFlaw(
        "the environment has no variable \(name); set it, or leave the line out")
    }
    return value
  }

  /// A file's text, without one line break at its end.
  func text(of path: String) throws(ConfigurationFlaw) -> String {
    let most = FieldDescriptor.longestText
    var bytes = try read(path, most: most + 2)
    if bytes.last == UInt8(ascii: "\n") {
      bytes.removeLast()
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    }
    guard bytes.count <= most else { throw tooLong(path) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ConfigurationFlaw("the file \(path.shown) is not UTF-8 text")
    }
    return text
  }

  /// All bytes of a file.
  func bytes(of path: String) throws(ConfigurationFlaw) -> [UInt8] {
    let bytes = try read(path, most: FieldDescriptor.longestText + 1)
    guard bytes.count <= FieldDescriptor.longestText else { throw tooLong(path) }
    return bytes
  }

  private func read(_ path: String, most: Int) throws(ConfigurationFlaw) -> [UInt8] {
    do throws(DuikouError) {
      return try readFile(path, most)
    } catch {
      throw ConfigurationFlaw("the file \(path.shown) \(error.message)")
    }
  }

  private func tooLong(_ path: String) -> ConfigurationFlaw {
    ConfigurationFlaw(
      "the file \(path.shown) has more than the \(FieldDescriptor.longestText) bytes that are taken"
    )
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || (0x30...0x39).contains($0)
        || $0 == UInt8(ascii: "_")
    }
  }
}
