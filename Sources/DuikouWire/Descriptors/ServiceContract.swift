import CDuikou
import DuikouModel
import SwiftProtobuf

/// A plugin's service as gRPC knows it: its descriptors, and how each method's messages are read and
/// written. Made once, when the plugin is loaded.
public struct ServiceContract: Sendable {
  /// One method of the service.
  public struct Method: Sendable {
    public let name: String
    public let isStreaming: Bool
    public let decoder: RequestDecoder
    public let encoder: ResponseEncoder
  }

  /// The full name of the service, such as `cn.example.stays.Methods`.
  public let name: String
  /// The file of the service and of the plugin's own types.
  public let file: Google_Protobuf_FileDescriptorProto
  /// In the order in which the plugin declares them.
  public let methods: [Method]

  /// Makes a plugin's service.
  ///
  /// `schema` has the domain's types and those of all plugins; `rowSizes` the bytes of rows that a plugin
  /// expects to be lent. Throws `invalidArgument` with a sentence where names or numbers clash in
  /// protobuf that do not in C, or where a method names a request or response that it cannot have.
  public init(
    _ shape: ServiceShape, schema: Schema, rowSizes: [UInt32: Int] = [:]
  ) throws(DuikouError) {
    var file = FileSynthesis(shape, schema: schema)
    for type in shape.types { try file.add(type) }
    var methods: [Method] = []
    var plans = RowPlans()
    for method in shape.methods {
      try file.add(method)
      methods.append(
        Method(
          name: method.name, isStreaming: method.isStreaming,
          decoder: RequestDecoder(
            method, of: shape, schema: schema, rowSizes: rowSizes, plans: &plans),
          encoder: ResponseEncoder(method, schema: schema, plans: &plans)))
    }
    name = ProtoName.service(of: shape.id)
    self.file = file.finish()
    self.methods = methods
  }
}

/// The plans of row types, each made once.
private struct RowPlans {
  private var plans: [UInt32: RowPlan] = [:]

  subscript(_ type: TypeDescriptor) -> RowPlan {
    mutating get {
      if let plan = plans[type.id] { return plan }
      let plan = RowPlan(type)
      plans[type.id] = plan
      return plan
    }
  }
}

extension RequestDecoder {
  fileprivate init(
    _ method: ServiceShape.Method, of shape: ServiceShape, schema: Schema, rowSizes: [UInt32: Int],
    plans: inout RowPlans
  ) {
    let tables = method.requestTables(of: shape, schema: schema).map { type in
      Table(
        plan: plans[type], number: ProtoName.number(of: type.id),
        rowSize: max(type.size, rowSizes[type.id] ?? 0))
    }
    self.init(tables: tables, isRow: method.request != 0, schema: schema)
  }
}

extension ResponseEncoder {
  fileprivate init(_ method: ServiceShape.Method, schema: Schema, plans: inout RowPlans) {
    let tables = method.responseTables(schema: schema).map {
      ($0.id, (number: ProtoName.number(of: $0.id), plan: plans[$0]))
    }
    self.init(
      shape: method.response == 0
        ? .tables(Dictionary(tables) { first, _ in first })
        : schema[method.response].map { .row(plans[$0]) } ?? .tables([:]))
  }
}

extension ServiceShape.Method {
  /// The types whose tables a request may hold; those that no plugin describes cannot be sent.
  func requestTables(of shape: ServiceShape, schema: Schema) -> [TypeDescriptor] {
    guard request == 0 else { return schema[request].map { [$0] } ?? [] }
    var ids = [UInt32(DK_DOCUMENT)] + reads
    if readsAll { ids += Schema.domain.all.map(\.id) + shape.types.map(\.id) }
    var seen = Set<UInt32>()
    return ids.filter { seen.insert($0).inserted }.compactMap { schema[$0] }
  }

  func responseTables(schema: Schema) -> [TypeDescriptor] { writes.compactMap { schema[$0] } }
}

extension ServiceContract {
  /// The file of the domain's row types, which those of plugins import.
  public static var domainFile: Google_Protobuf_FileDescriptorProto {
    get throws(DuikouError) { try FileSynthesis.domain() }
  }
}

extension ServiceContract {
  /// The plugin that a service of this name would belong to; nil where it is spelt otherwise.
  public static func plugin(ofService name: String) -> String? {
    let suffix = "." + ProtoName.serviceName
    return name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : nil
  }
}
