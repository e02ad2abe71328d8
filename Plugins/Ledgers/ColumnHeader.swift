/// A column's header: 投资额（万元） is the word 投资额 with the unit 万元.
struct ColumnHeader: Sendable {
  let word: String
  /// Empty where it has none.
  let unit: String

  init(_ text: String) {
    let plain = text.filter { !$0.isWhitespace }
    guard let open = plain.firstIndex(where: { "(（".contains($0) }) else {
      (word, unit) = (plain, "")
      return
    }
    word = String(plain[..<open])
    let inner = plain[plain.index(after: open)...].prefix { !")）".contains($0) }
    unit = String(inner.replacing("单位", with: "").drop { ":：".contains($0) })
  }
}
