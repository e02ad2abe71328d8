/// What a type of names may be called.
enum TypeName {
  /// Bytes of the longest.
  static let longest = 64

  /// Throws where a name is too long or has signs that a table or a file could not show.
  static func check(_ name: some StringProtocol, line: Int) throws(CorpusError) {
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_" || $0 == "-"
        || $0 == "."
    }
    guard isPlain, !name.isEmpty, name.utf8.count <= longest else {
      throw CorpusError(
        line: line,
        reason: "a type has at most \(longest) bytes: letters, digits, and _ - . between them")
    }
  }
}
