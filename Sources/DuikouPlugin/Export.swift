import Synchronization

/// Makes the library a plugin, once, outside of functions:
///
///     #plugin(Hotels(), id: "cn.example.hotels", version: "1.0.0", summary: "Finds hotels.")
///
/// `id`, in reverse DNS, and `version`, a semantic one, are literals: a host reads them in the library's
/// file before it runs anything of it. The methods are made when the host asks for the first time.
@freestanding(declaration, names: named(duikouNote), named(duikouPlugin))
public macro plugin(
  _ methods: any Method..., id: String, version: String, summary: String,
  types: [RowDefinition] = []
) = #externalMacro(module: "DuikouPluginMacros", type: "PluginMacro")

/// Makes the library a plugin that has a configuration, from which its methods are made:
///
///     #plugin(
///       Hotels.self, configuration: HotelSettings.self, id: "cn.example.hotels", version: "1.0.0",
///       summary: "Finds hotels.")
///
/// The configuration's row type comes to `types` by itself.
@freestanding(declaration, names: named(duikouNote), named(duikouPlugin))
public macro plugin<Settings: ConfigurationRow>(
  _ methods: any ConfiguredMethod<Settings>.Type..., configuration: Settings.Type, id: String,
  version: String, summary: String, types: [RowDefinition] = []
) = #externalMacro(module: "DuikouPluginMacros", type: "PluginMacro")

/// What the entry symbol that `#plugin` makes calls.
public func export(
  _ methods: any Method..., id: String, version: String, summary: String,
  types: [RowDefinition] = []
) -> UnsafePointer<dk_plugin> {
  export {
    ExportedPlugin(
      methods.map { type(of: $0) }, made: methods, id: id, version: version, summary: summary,
      types: types)
  }
}

/// What the entry symbol of a plugin with a configuration calls.
public func export<Settings: ConfigurationRow>(
  _ methods: any ConfiguredMethod<Settings>.Type..., configuration: Settings.Type, id: String,
  version: String, summary: String, types: [RowDefinition] = []
) -> UnsafePointer<dk_plugin> {
  export {
    ExportedPlugin(
      methods, config: Settings.typeID, id: id, version: version, summary: summary,
      types: types + [Settings.definition]
    ) { image in
      let configuration = Configuration<Settings>(image)
      return try methods.map { try $0.init(configuration) }
    }
  }
}

private func export(_ make: () -> ExportedPlugin) -> UnsafePointer<dk_plugin> {
  exported.withLock { exported in
    if let known = exported { return known.plugin }
    let new = make()
    exported = new
    return new.plugin
  }
}

/// The library's one plugin: made at the first call of the entry symbol and never freed.
let exported = Mutex<ExportedPlugin?>(nil)
