/// A value of JSON, to be written in one way only: keys in order, two spaces a level.
indirect enum JSONValue {
  case bool(Bool)
  /// As it is written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The text, without a line break at its end. `indentation` is that of the lines behind the first.
  func text(indentation: String = "") -> String {
    let inner = indentation + "  "
    func block(_ open: String, _ lines: [String], _ close: String) -> String {
      lines.isEmpty
        ? open + close
        : "\(open)\n\(inner)\(lines.joined(separator: ",\n\(inner)"))\n\(indentation)\(close)"
    }
    return switch self {
    case .bool(let value): "\(value)"
    case .number(let digits): digits
    case .string(let text): Self.quoted(text)
    case .array(let values): block("[", values.map { $0.text(indentation: inner) }, "]")
    case .object(let members):
      block(
        "{",
        members.sorted { $0.key < $1.key }.map {
          "\(Self.quoted($0.key)): \($0.value.text(indentation: inner))"
        }, "}")
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      case _ where scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value):
        "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
