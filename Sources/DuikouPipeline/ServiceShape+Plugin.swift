import DuikouHost
import DuikouModel
import DuikouWire

extension ServiceShape {
  /// What a plugin offers to clients.
  public init(_ plugin: PluginDescription) {
    self.init(
      id: plugin.id, documentation: plugin.summary, types: plugin.types,
      methods: plugin.methods.map { method in
        Method(
          name: method.name, documentation: method.summary,
          reads: method.uses.filter(\.reads).map(\.type),
          writes: method.uses.filter(\.writes).map(\.type), readsAll: method.readsAll,
          request: method.request, response: method.response, isStreaming: method.isStreaming)
      })
  }

  /// Refuses plugins whose names or numbers clash in protobuf.
  public static let check: PluginCheck = { (plugin, schema) throws(DuikouError) in
    _ = try ServiceContract(ServiceShape(plugin), schema: schema)
  }
}
