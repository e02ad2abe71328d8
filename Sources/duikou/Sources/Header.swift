import ArgumentParser
import Foundation
import GRPCCore

/// Metadata as people write it: `name: value`, the value in base64 where the name ends with `-bin`.
struct Header: Sendable {
  let entry: Metadata.Element

  /// Throws a sentence for what gRPC's metadata cannot be.
  init(_ text: String) throws(ValidationError) {
    guard let colon = text.firstIndex(of: ":") else {
      throw ValidationError("\(text) is no metadata: write 'name: value'.")
    }
    let name = text[..<colon].lowercased()
    let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    guard !name.isEmpty, !name.hasPrefix("grpc-"),
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    else {
      throw ValidationError(
        "\(text[..<colon]) cannot name metadata: letters, digits and -_. can, grpc-… is gRPC's own."
      )
    }
    if name.hasSuffix("-bin") {
      let padding = String(repeating: "=", count: (4 - value.utf8.count % 4) % 4)
      guard let data = Data(base64Encoded: value + padding) else {
        throw ValidationError("\(name) holds bytes: write its value in base64.")
      }
      entry = (name, .binary(Array(data)))
    } else {
      guard value.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) else {
        throw ValidationError("\(name) can be ASCII only; \(name)-bin can be any bytes, in base64.")
      }
      entry = (name, .string(value))
    }
  }
}
