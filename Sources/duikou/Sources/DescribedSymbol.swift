import DuikouWire

/// A service, method, message or enum in the language of `.proto` files.
struct DescribedSymbol: Sendable {
  /// The full name.
  let name: String
  let file: String
  let proto: String

  /// Nil where the pool has none of that name. A method is named behind its service and a dot.
  init?(_ name: String, in pool: DescriptorPool) {
    let service = name.lastIndex(of: ".").map { String(name[..<$0]) }
    guard let file = pool.file(containing: name) ?? service.flatMap({ pool.file(containing: $0) }),
      let proto = ProtoText.print(symbol: name, of: file)
    else { return nil }
    self.name = name
    self.file = file.name
    self.proto = proto
  }
}
