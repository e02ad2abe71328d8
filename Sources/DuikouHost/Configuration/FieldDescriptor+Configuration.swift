import DuikouModel
import Foundation

extension FieldDescriptor {
  /// Bytes of the longest text of a configuration, as of any row.
  static let longestText = 1 << 16

  /// Whether a number is written as a date, which is how records show it.
  var isDate: Bool { kind == .i32 && unit == "day" && values.isEmpty }

  /// The numbers that a whole number of this kind can be.
  var range: (least: String, most: String)? {
    switch kind {
    case .i32: ("\(Int32.min)", "\(Int32.max)")
    case .i64: ("\(Int64.min)", "\(Int64.max)")
    case .u32: ("0", "\(UInt32.max)")
    case .u64: ("0", "\(UInt64.max)")
    case .f64, .string, .bytes, .span, .ref: nil
    }
  }

  /// What it takes, for an error: "a whole number from 0 to 4294967295".
  var expectation: String {
    let inUnit = unit.isEmpty ? "" : ", in \(unit)"
    guard values.isEmpty else { return "one of \(values.map(\.name).joined(separator: ", "))" }
    guard !isDate else {
      return "a date such as 2018-07-04, or a whole number of days since 1970-01-01"
    }
    if let range { return "a whole number from \(range.least) to \(range.most)\(inUnit)" }
    return switch kind {
    case .f64: "a number\(inUnit)"
    case .bytes: "at most \(Self.longestText) bytes as base64, or {file: PATH} with the bytes"
    default: "text of at most \(Self.longestText) bytes without NUL"
    }
  }

  /// Reads a value from text. Nil where the field does not take it.
  func value(of text: String) -> ConfigurationValue? {
    guard values.isEmpty else {
      return values.first { $0.name == text }.map { .number(UInt64(bitPattern: $0.value)) }
    }
    switch kind {
    case .i32:
      if isDate, let date = CivilDate(text) {
        return .number(UInt64(bitPattern: Int64(date.days)))
      }
      return Int32(text).map { .number(UInt64(bitPattern: Int64($0))) }
    case .i64: return Int64(text).map { .number(UInt64(bitPattern: $0)) }
    case .u32: return UInt32(text).map { .number(UInt64($0)) }
    case .u64: return UInt64(text).map { .number($0) }
    case .f64: return Self.number(text).map { .number($0.bitPattern) }
    case .string:
      guard text.utf8.count <= Self.longestText, !text.utf8.contains(0) else { return nil }
      return .bytes(Array(text.utf8))
    case .bytes:
      // Long base64 is folded.
      let digits = text.filter { !$0.isWhitespace }
      guard let data = Data(base64Encoded: digits), data.count <= Self.longestText else {
        return nil
      }
      return .bytes(Array(data))
    case .span, .ref: return nil
    }
  }

  /// A finite number in decimal digits: neither `nan` nor `0x1p3`.
  private static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      let number = Double(text), number.isFinite
    else { return nil }
    return number
  }
}
