import DuikouModel

/// Services by their names, which people shorten.
public struct ServiceNames: Sendable {
  /// Full names.
  public let names: [String]

  public init(_ names: some Sequence<String>) {
    self.names = names.sorted()
  }

  /// The services that a name may mean: the one that is called so, or else all whose last words these
  /// are. A plugin's `Methods` need not be said, and case does not count.
  public func matching(_ name: String) -> [String] {
    if names.contains(name) { return [name] }
    let wanted = Self.words(name)
    guard !wanted.isEmpty else { return [] }
    return names.filter { full in
      let words = Self.words(full)
      if words.suffix(wanted.count) == wanted { return true }
      return words.last == Self.methods && words.dropLast().suffix(wanted.count) == wanted
    }
  }

  /// The shortest name that means this service and no other.
  public func shortest(_ name: String) -> String {
    let words = name.split(separator: ".")
    let kept = words.last.map(String.init) == ProtoName.serviceName ? words.dropLast() : words[...]
    for count in 1..<max(kept.count, 1) {
      let short = kept.suffix(count).joined(separator: ".")
      if matching(short) == [name] { return short }
    }
    return matching(kept.joined(separator: ".")) == [name] ? kept.joined(separator: ".") : name
  }

  /// The services that somebody may have meant with a name that matches none.
  public func nearest(to name: String) -> [String] {
    let count = Self.words(name).count
    let short = names.map { full in
      let words = Self.words(full)
      let kept = words.last == Self.methods ? words.dropLast() : words[...]
      return (full, kept.suffix(max(count, 1)).joined(separator: "."))
    }
    let near = NearestNames.to(name, in: Set(short.map(\.1) + names))
    return near.compactMap { near in
      short.first { $0.1 == near || $0.0 == near }?.0
    }
  }

  private static let methods = Substring(ProtoName.serviceName.lowercased())

  private static func words(_ name: String) -> ArraySlice<Substring> {
    // The lower-case string lives as long as its parts.
    name.lowercased().split(separator: ".")[...]
  }
}
