/// A version by semver.org 2.0.0, such as `1.2.0` or `1.2.0-beta.1`.
public struct SemanticVersion: Sendable, Hashable {
  public let major: Int
  public let minor: Int
  public let patch: Int
  /// The dot-separated words behind `-`; a version without them is higher.
  public let prerelease: [String]

  /// Reads a version; nil when it is not one. What stands behind `+` does not count.
  public init?(_ string: String) {
    let withoutBuild = string.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = withoutBuild[0].split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 3 else { return nil }
    let values = numbers.compactMap { Self.number($0) }
    guard values.count == 3 else { return nil }
    (major, minor, patch) = (values[0], values[1], values[2])
    guard parts.count == 2 else {
      prerelease = []
      return
    }
    let words = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    guard words.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isWordByte) }) else {
      return nil
    }
    prerelease = words.map(String.init)
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"): true
    default: false
    }
  }
}

extension SemanticVersion: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    let numbers = (left.major, left.minor, left.patch)
    let others = (right.major, right.minor, right.patch)
    if numbers != others { return numbers < others }
    if left.prerelease.isEmpty || right.prerelease.isEmpty {
      return !left.prerelease.isEmpty && right.prerelease.isEmpty
    }
    for (word, other) in zip(left.prerelease, right.prerelease) where word != other {
      switch (Int(word), Int(other)) {
      case (let number?, let other?): return number < other
      case (_?, nil): return true
      case (nil, _?): return false
      case (nil, nil): return word < other
      }
    }
    return left.prerelease.count < right.prerelease.count
  }
}
