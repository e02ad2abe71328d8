import DuikouModel
import SwiftProtobuf

/// Builds a plugin's file of descriptors, with its documentation as comments.
struct FileSynthesis {
  private let shape: ServiceShape
  private let schema: Schema
  private var file = Google_Protobuf_FileDescriptorProto()
  private var service = Google_Protobuf_ServiceDescriptorProto()
  private var comments = SourceComments()
  /// Names of the file's messages and services, each once.
  private var names: Set<String> = [ProtoName.serviceName]
  private var dependencies: Set<String> = []

  init(_ shape: ServiceShape, schema: Schema) {
    self.shape = shape
    self.schema = schema
    file.name = ProtoName.file(of: shape.id)
    file.package = shape.id
    file.syntax = "proto3"
    service.name = ProtoName.serviceName
  }

  /// The file of the domain's row types.
  static func domain() throws(DuikouError) -> Google_Protobuf_FileDescriptorProto {
    var synthesis = FileSynthesis(
      ServiceShape(id: ProtoName.domainPackage), schema: .domain)
    synthesis.file.name = ProtoName.domainFile
    synthesis.comments.add(
      "The domain's row types as messages; synthesised from duikou/records.h.", at: [12])
    try synthesis.add(
      pair: "Span", "A piece of the text: bytes of UTF-8.",
      ("offset", "Bytes from the start of the text."), ("length", "Bytes."))
    try synthesis.add(
      pair: "Ref", "A row of a table.",
      ("type", "The id of its row type; 0 for the one that the field names."),
      ("index", "Its index in the table, from 0."))
    for type in Schema.domain.all { try synthesis.add(type) }
    return synthesis.file(withService: false)
  }

  /// Adds a message for a row type.
  mutating func add(_ type: TypeDescriptor) throws(DuikouError) {
    var message = Google_Protobuf_DescriptorProto()
    message.name = try take(ProtoName.message(of: type), for: "row type \(type.name)")
    let path: [Int32] = [4, Int32(file.messageType.count)]
    comments.add(type.documentation, at: path)
    var jsonNames = Set<String>()
    for field in type.fields.sorted(by: { $0.number < $1.number }) {
      guard jsonNames.insert(ProtoName.lowerCamel(field.name)).inserted else {
        throw DuikouError(
          .invalidArgument,
          "row type \(type.name): two fields are called \(ProtoName.lowerCamel(field.name)) in JSON; "
            + "rename \(field.name)")
      }
      comments.add(field.comment, at: path + [2, Int32(message.field.count)])
      message.addRowField(field, of: "\(file.package).\(message.name)")
    }
    try Self.checkValues(of: message, type)
    for field in RowHeaderField.allCases {
      guard jsonNames.insert(field.name).inserted else {
        throw DuikouError(
          .invalidArgument,
          "row type \(type.name): the name \(field.name) is that of a field of every row; rename it"
        )
      }
      comments.add(field.documentation, at: path + [2, Int32(message.field.count)])
      message.addHeaderField(field)
    }
    dependencies.insert(ProtoName.domainFile)
    file.messageType.append(message)
  }

  /// The names of all values of a message's enums lie in one space.
  private static func checkValues(
    of message: Google_Protobuf_DescriptorProto, _ type: TypeDescriptor
  ) throws(DuikouError) {
    var names = Set<String>()
    for name in message.enumType.flatMap({ $0.value.map(\.name) })
    where !names.insert(name).inserted {
      throw DuikouError(
        .invalidArgument,
        "row type \(type.name): two named values would be called \(name) in protobuf; rename one")
    }
  }

  /// Adds a method, and its messages where they are not rows.
  mutating func add(_ method: ServiceShape.Method) throws(DuikouError) {
    var descriptor = Google_Protobuf_MethodDescriptorProto()
    descriptor.name = method.name
    if method.isStreaming { descriptor.serverStreaming = true }
    descriptor.inputType = try message(
      of: method, "Request", row: method.request, among: method.reads,
      tables: method.requestTables(of: shape, schema: schema), hasText: true)
    descriptor.outputType = try message(
      of: method, "Response", row: method.response, among: method.writes,
      tables: method.responseTables(schema: schema), hasText: false)
    comments.add(method.documentation, at: [6, 0, 2, Int32(service.method.count)])
    service.method.append(descriptor)
  }

  func finish() -> Google_Protobuf_FileDescriptorProto {
    file(withService: true)
  }

  private func file(withService: Bool) -> Google_Protobuf_FileDescriptorProto {
    var file = file
    var comments = comments
    if withService {
      comments.add(shape.documentation, at: [6, 0])
      file.service = [service]
    }
    file.dependency = dependencies.subtracting([file.name]).sorted()
    file.sourceCodeInfo = comments.info
    return file
  }

  /// The type of a method's request or response, which is made unless it is a row type.
  private mutating func message(
    of method: ServiceShape.Method, _ suffix: String, row: UInt32, among uses: [UInt32],
    tables: [TypeDescriptor], hasText: Bool
  ) throws(DuikouError) -> String {
    guard row == 0 else {
      guard let type = schema[row], uses.contains(row) else {
        throw DuikouError(
          .invalidArgument,
          "\(shape.id)/\(method.name): its \(suffix.lowercased()) is row type \(hexadecimal(row)), "
            + "which is not among its uses, or nobody describes it")
      }
      require(type)
      return ProtoName.reference(to: type)
    }
    var message = Google_Protobuf_DescriptorProto()
    message.name = try take(method.name + suffix, for: "method \(method.name)")
    let path: [Int32] = [4, Int32(file.messageType.count)]
    comments.add("What \(method.name) \(hasText ? "takes" : "gives").", at: path)
    if hasText {
      comments.add("The documents' text, one behind another.", at: path + [2, 0])
      message.addText()
    }
    var numbers = Set<UInt32>(hasText ? [ProtoName.textNumber] : [])
    var names = Set(message.field.map(\.name))
    for type in tables {
      let number = ProtoName.number(of: type.id)
      let name = ProtoName.field(for: type, in: shape.id)
      guard number != 0, !(19_000...19_999).contains(number), numbers.insert(number).inserted,
        names.insert(name).inserted
      else {
        throw DuikouError(
          .invalidArgument,
          "\(shape.id)/\(method.name): row type \(type.name) cannot have a field of its own in "
            + "\(message.name): choose another id or name for it")
      }
      require(type)
      comments.add(type.documentation, at: path + [2, Int32(message.field.count)])
      message.addTable(type, name: name, number: number)
    }
    file.messageType.append(message)
    return ".\(shape.id).\(message.name)"
  }

  private mutating func require(_ type: TypeDescriptor) {
    let package = ProtoName.package(of: type)
    dependencies.insert(
      package == ProtoName.domainPackage ? ProtoName.domainFile : ProtoName.file(of: package))
  }

  private mutating func take(_ name: String, for what: String) throws(DuikouError) -> String {
    guard names.insert(name).inserted else {
      throw DuikouError(
        .invalidArgument,
        "\(shape.id): \(what) would be a second \(name) in protobuf; rename it")
    }
    return name
  }

  private mutating func add(
    pair name: String, _ documentation: String, _ first: (String, String),
    _ second: (String, String)
  ) throws(DuikouError) {
    var message = Google_Protobuf_DescriptorProto()
    message.name = try take(name, for: name)
    let path: [Int32] = [4, Int32(file.messageType.count)]
    comments.add(documentation, at: path)
    for (index, (name, documentation)) in [first, second].enumerated() {
      comments.add(documentation, at: path + [2, Int32(index)])
      message.addPlainField(name, number: UInt32(index) + 1, .uint32)
    }
    file.messageType.append(message)
  }
}
