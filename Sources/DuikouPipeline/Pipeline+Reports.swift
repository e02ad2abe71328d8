import CDuikou
import DuikouHost
import DuikouModel

extension Pipeline {
  /// The reports that can be written, by name.
  public var formats: [ReportFormat] {
    host.registry.methods(.report).map(Self.format).sorted { $0.name < $1.name }
  }

  /// The report of a name. Throws `notFound` with the formats there are.
  public func format(named name: String) throws(DuikouError) -> ReportFormat {
    Self.format(try report(name, in: host.registry))
  }

  /// Writes a report about documents, piece by piece as the plugin flushes.
  ///
  /// `format` is a format's name, or `plugin/name` where two plugins have it; `language` is `en`
  /// for English headings. `write` is called on the call's thread, which waits; what it throws ends
  /// the report as `cancelled`.
  /// Throws `notFound` with the formats there are; or what the plugin failed with.
  @discardableResult
  public func render(
    format name: String, analyses: [Analysis], language: String = "",
    write: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws(DuikouError) -> ReportFormat {
    let registry = host.registry
    let method = try report(name, in: registry)
    let image = try await joined(analyses.map(\.image), registry)
    try check(method, reads: image)
    var request = CallRequest(
      method: method.index, image: image, schema: registry.schema, timeout: limits.callTimeout)
    if !language.isEmpty { request.metadata = [MetadataEntry(name: "lang", text: language)] }
    request.onDelta = { (delta) throws(DuikouError) in
      do {
        try delta.forEachContent(over: image, write)
      } catch {
        throw DuikouError(.cancelled, "the report's receiver stopped", cause: error)
      }
    }
    _ = try await method.runner.call(request)
    return Self.format(method)
  }

  /// Throws `resourceExhausted` where images of so many bytes are too much for one report.
  public func checkReport(bytes: Int) throws(DuikouError) {
    guard bytes <= limits.imageBytes else {
      throw DuikouError(
        .resourceExhausted,
        "a report takes documents with their records of at most \(limits.imageBytes >> 20) MiB: name "
          + "fewer documents")
    }
  }

  /// All documents in one image. Throws `resourceExhausted` above the limit.
  private func joined(_ images: [Image], _ registry: Registry) async throws(DuikouError) -> Image {
    try checkReport(bytes: images.reduce(0) { $0 + $1.size })
    return try await threads.run { (_) throws(DuikouError) in
      try Image.concatenating(images, schema: registry.schema, rowSizes: registry.rowSizes)
    }
  }

  private func check(_ method: Registry.Method, reads image: Image) throws(DuikouError) {
    for use in method.description.uses where use.isRequired && image.table(use.type) == nil {
      throw DuikouError(
        .failedPrecondition,
        "\(method.name) is not run: it reads row type \(hexadecimal(use.type)), which no plugin "
          + "describes; add one that does")
    }
  }

  private func report(
    _ name: String, in registry: Registry
  ) throws(DuikouError) -> Registry.Method {
    let methods = registry.methods(.report)
    let wanted = name.lowercased()
    if let method = methods.first(where: {
      $0.description.format == wanted || "\($0.plugin.id)/\($0.description.format)" == wanted
    }) {
      return method
    }
    let names = methods.map(\.description.format).sorted().joined(separator: ", ")
    throw DuikouError(
      .notFound,
      names.isEmpty
        ? "there is no report format \(name), nor any other: add a plugin with a report"
        : "there is no report format \(name); there are: \(names)")
  }

  private static func format(_ method: Registry.Method) -> ReportFormat {
    ReportFormat(
      name: method.description.format, summary: method.description.summary,
      mediaType: method.description.media, plugin: method.plugin.id)
  }
}
