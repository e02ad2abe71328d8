import DuikouModel

/// How names and ids of the ABI are spelt in protobuf.
enum ProtoName {
  /// The package of the domain's row types, whose own package holds the daemon's API.
  static let domainPackage = "duikou.v1.rows"
  static let domainFile = "duikou/v1/rows.proto"
  /// The number of `text` in a request; no row type has it as its id.
  static let textNumber: UInt32 = 15

  /// `duikou.place` is `duikou.v1.rows`, `cn.example.stays.stay` is `cn.example.stays`.
  static func package(of type: TypeDescriptor) -> String {
    isDomain(type) ? domainPackage : words(type.name).dropLast().joined(separator: ".")
  }

  static func message(of type: TypeDescriptor) -> String { upperCamel(type.shortName) }

  /// The full name with a dot in front, as descriptors have it.
  static func reference(to type: TypeDescriptor) -> String {
    ".\(package(of: type)).\(message(of: type))"
  }

  /// What a table of a type is called in the messages of the plugin `id`.
  static func field(for type: TypeDescriptor, in id: String) -> String {
    let package = words(type.name).dropLast().joined(separator: ".")
    return isDomain(type) || package == id
      ? String(type.shortName) : type.name.replacing(".", with: "_")
  }

  /// The number of a table of a type: its id where protobuf has that number, otherwise as much of it as
  /// fits.
  static func number(of type: UInt32) -> UInt32 { type & 0x1fff_ffff }

  static func service(of id: String) -> String { "\(id).\(serviceName)" }
  static let serviceName = "Methods"
  static func file(of id: String) -> String { "\(id.replacing(".", with: "/")).proto" }

  /// `visitor_flow` is `VisitorFlow`.
  static func upperCamel(_ name: some StringProtocol) -> String {
    name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// `visitor_flow` is `visitorFlow`, its name in JSON.
  static func lowerCamel(_ name: String) -> String {
    let camel = upperCamel(name)
    return camel.prefix(1).lowercased() + camel.dropFirst()
  }

  private static func isDomain(_ type: TypeDescriptor) -> Bool { type.name.hasPrefix("duikou.") }

  private static func words(_ name: String) -> [Substring] { name.split(separator: ".") }
}
