import SwiftProtobuf

/// Prints descriptors in the language of `.proto` files.
public struct ProtoText {
  private var lines: [String] = []
  private var depth = 0
  private let comments: [[Int32]: String]
  /// The package whose names stand without it.
  private let package: String

  /// A whole file.
  public static func print(_ file: Google_Protobuf_FileDescriptorProto) -> String {
    var text = ProtoText(file)
    text.comment([12])
    text.line(head(file))
    text.line("")
    if !file.package.isEmpty {
      text.line("package \(file.package);")
      text.line("")
    }
    for dependency in file.dependency { text.line("import \"\(dependency)\";") }
    if !file.dependency.isEmpty { text.line("") }
    for (index, service) in file.service.enumerated() { text.add(service, [6, Int32(index)]) }
    for (index, message) in file.messageType.enumerated() {
      text.add(message, [4, Int32(index)])
    }
    for (index, enumeration) in file.enumType.enumerated() {
      text.add(enumeration, [5, Int32(index)])
    }
    return text.text
  }

  private static func head(_ file: Google_Protobuf_FileDescriptorProto) -> String {
    guard file.syntax == "editions" else {
      return "syntax = \"\(file.syntax.isEmpty ? "proto2" : file.syntax)\";"
    }
    // The editions of 2023 and later are numbered from 1000 on.
    return "edition = \"\(max(file.edition.rawValue, 1000) - 1000 + 2023)\";"
  }

  /// One service.
  public static func print(
    service index: Int, of file: Google_Protobuf_FileDescriptorProto
  ) -> String {
    var text = ProtoText(file)
    text.add(file.service[index], [6, Int32(index)])
    return text.text
  }

  /// One message, by its index in the file.
  public static func print(
    message index: Int, of file: Google_Protobuf_FileDescriptorProto
  ) -> String {
    var text = ProtoText(file)
    text.add(file.messageType[index], [4, Int32(index)])
    return text.text
  }

  /// A service, method, message or enum by its full name, a method with its service around it; nil where
  /// the file has none of that name.
  public static func print(
    symbol: String, of file: Google_Protobuf_FileDescriptorProto
  ) -> String? {
    var text = ProtoText(file)
    let prefix = file.package.isEmpty ? "" : file.package + "."
    for (index, service) in file.service.enumerated() {
      let name = prefix + service.name
      if symbol == name { text.add(service, [6, Int32(index)]) }
      for position in service.method.indices
      where symbol == "\(name).\(service.method[position].name)" {
        text.add(service, [6, Int32(index)], only: position)
      }
    }
    for (index, message) in file.messageType.enumerated() {
      text.find(symbol, message, prefix, [4, Int32(index)])
    }
    for (index, enumeration) in file.enumType.enumerated()
    where symbol == prefix + enumeration.name {
      text.add(enumeration, [5, Int32(index)])
    }
    return text.lines.isEmpty ? nil : text.text
  }

  /// Prints what has this full name, a message or what lies in it.
  private mutating func find(
    _ symbol: String, _ message: Google_Protobuf_DescriptorProto, _ prefix: String,
    _ path: [Int32]
  ) {
    let name = prefix + message.name
    if symbol == name { add(message, path) }
    guard symbol.hasPrefix(name + ".") else { return }
    for (index, nested) in message.nestedType.enumerated() {
      find(symbol, nested, name + ".", path + [3, Int32(index)])
    }
    for (index, enumeration) in message.enumType.enumerated()
    where symbol == "\(name).\(enumeration.name)" {
      add(enumeration, path + [4, Int32(index)])
    }
  }

  private init(_ file: Google_Protobuf_FileDescriptorProto) {
    package = file.package
    comments = Dictionary(
      file.sourceCodeInfo.location.filter(\.hasLeadingComments).map {
        ($0.path, $0.leadingComments)
      }
    ) { first, _ in first }
  }

  private var text: String {
    // A blank line between two things, none at the end.
    var lines = lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func line(_ text: String) {
    lines.append(text.isEmpty ? "" : String(repeating: "  ", count: depth) + text)
  }

  private mutating func comment(_ path: [Int32]) {
    guard let text = comments[path] else { return }
    for part in text.split(separator: "\n") { line("//\(part)") }
  }

  private mutating func block(_ head: String, _ body: (inout ProtoText) -> Void) {
    line("\(head) {")
    depth += 1
    body(&self)
    depth -= 1
    line("}")
    if depth == 0 { line("") }
  }

  /// Prints a service, with `only` one of its methods.
  private mutating func add(
    _ service: Google_Protobuf_ServiceDescriptorProto, _ path: [Int32], only: Int? = nil
  ) {
    comment(path)
    block("service \(service.name)") { text in
      for (index, method) in service.method.enumerated() where only == nil || only == index {
        text.comment(path + [2, Int32(index)])
        let input = (method.clientStreaming ? "stream " : "") + text.short(method.inputType)
        let output = (method.serverStreaming ? "stream " : "") + text.short(method.outputType)
        text.line("rpc \(method.name)(\(input)) returns (\(output));")
      }
    }
  }

  private mutating func add(_ message: Google_Protobuf_DescriptorProto, _ path: [Int32]) {
    comment(path)
    block("message \(message.name)") { text in
      for (index, nested) in message.nestedType.enumerated() where !nested.options.mapEntry {
        text.add(nested, path + [3, Int32(index)])
      }
      for (index, enumeration) in message.enumType.enumerated() {
        text.add(enumeration, path + [4, Int32(index)])
      }
      var printed = Set<Int32>()
      for (index, field) in message.field.enumerated() {
        let isInOneof = field.hasOneofIndex && !field.proto3Optional
        let oneof = Int(field.oneofIndex)
        guard isInOneof, message.oneofDecl.indices.contains(oneof) else {
          text.add(field, in: message, path + [2, Int32(index)])
          continue
        }
        guard printed.insert(field.oneofIndex).inserted else { continue }
        text.block("oneof \(message.oneofDecl[oneof].name)") { text in
          for (index, other) in message.field.enumerated()
          where other.hasOneofIndex && other.oneofIndex == field.oneofIndex {
            text.add(other, in: message, path + [2, Int32(index)])
          }
        }
      }
    }
  }

  private mutating func add(
    _ field: Google_Protobuf_FieldDescriptorProto, in message: Google_Protobuf_DescriptorProto,
    _ path: [Int32]
  ) {
    comment(path)
    if let entry = message.entry(of: field) {
      let (key, value) = (entry.field[0], entry.field[1])
      line("map<\(name(of: key)), \(name(of: value))> \(field.name) = \(field.number);")
      return
    }
    let label =
      field.label == .repeated
      ? "repeated "
      : field.proto3Optional ? "optional " : field.label == .required ? "required " : ""
    line("\(label)\(name(of: field)) \(field.name) = \(field.number);")
  }

  private mutating func add(
    _ enumeration: Google_Protobuf_EnumDescriptorProto, _ path: [Int32]
  ) {
    comment(path)
    block("enum \(enumeration.name)") { text in
      if enumeration.options.allowAlias { text.line("option allow_alias = true;") }
      for (index, value) in enumeration.value.enumerated() {
        text.comment(path + [2, Int32(index)])
        text.line("\(value.name) = \(value.number);")
      }
    }
  }

  private func name(of field: Google_Protobuf_FieldDescriptorProto) -> String {
    field.typeName.isEmpty ? field.type.protoName : short(field.typeName)
  }

  /// A full name without the file's own package, and without the dot in front where it means the same:
  /// protobuf looks for its first part in all scopes around, so that of `duikou.v1.rows` behind another part
  /// of the package.
  private func short(_ name: String) -> String {
    let name = name.hasPrefix(".") ? String(name.dropFirst()) : name
    let prefix = package + "."
    guard !name.hasPrefix(prefix) else { return String(name.dropFirst(prefix.count)) }
    let first = name.prefix { $0 != "." }
    let isHidden = package.split(separator: ".").dropFirst().contains(first)
    return isHidden ? ".\(name)" : name
  }
}

extension Google_Protobuf_DescriptorProto {
  /// The message of a map's entries; nil for a field that is no map.
  func entry(
    of field: Google_Protobuf_FieldDescriptorProto
  ) -> Google_Protobuf_DescriptorProto? {
    guard field.label == .repeated, field.type == .message,
      let name = field.typeName.split(separator: ".").last,
      let entry = nestedType.first(where: { $0.name == name }),
      entry.options.mapEntry, entry.field.count == 2
    else { return nil }
    return entry
  }
}

extension Google_Protobuf_FieldDescriptorProto.TypeEnum {
  /// The name of a scalar type in `.proto` files.
  var protoName: String { "\(self)" }
}
