import Testing

@testable import DuikouModel

@Suite("The check of UTF-8")
struct UTF8TextTests {
  private func flaw(_ bytes: [UInt8]) -> Int? { bytes.withUnsafeBytes { firstFlaw(inUTF8: $0) } }

  /// What the standard library says.
  private func expected(_ bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  @Test("says what the standard library says of every character, wherever it stands")
  func characters() {
    for value in stride(from: UInt32(0), through: 0x11_0000, by: 0x3f) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for padding in [0, 3, 9] {
        let text =
          String(repeating: "a", count: padding) + String(Character(scalar))
          + String(repeating: "旗", count: 3)
        #expect(flaw(Array(text.utf8)) == nil, "\(value)")
      }
    }
  }

  @Test("says what the standard library says of every pair of first bytes")
  func leads() {
    for first in UInt8(0x80)...0xff {
      for second in UInt8.min...0xff {
        let bytes = [first, second, 0x80, 0x80] + Array("敖汉旗".utf8)
        let found = flaw(bytes)
        if found != expected(bytes) {
          Issue.record("\(first) \(second): \(String(describing: found))")
        }
      }
    }
  }

  @Test("finds a flaw anywhere, and one at the end")
  func places() {
    let good = Array("京蒙 and 😀 协作，共12项。".utf8)
    for at in good.indices {
      for byte: UInt8 in [0xff, 0x80, 0xc0, 0xed, 0xf5] {
        var bytes = good
        bytes[at] = byte
        #expect(flaw(bytes) == expected(bytes), "\(at) \(byte)")
      }
      let cut = Array(good[..<at])
      #expect(flaw(cut) == expected(cut), "\(at)")
    }
  }
}
