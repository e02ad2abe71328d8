import CDuikou
import DuikouHost
import DuikouModel
import Synchronization

extension Pipeline {
  /// The image of a document with its text, and nothing else yet.
  ///
  /// Plain text in UTF-8 is taken as it is; anything else goes to the reader that takes its media type. Text
  /// for which there is no reader is read as it stands. Throws what the reader fails with;
  /// `unimplemented` where there is none.
  func image(
    of source: DocumentSource, registry: Registry
  ) async throws(DuikouError) -> Image {
    try DocumentSource.check(title: source.title ?? "", uri: source.uri)
    let limit = limits.documentBytes
    guard source.bytes.count <= limit else {
      throw DuikouError(
        .resourceExhausted,
        "a document of \(source.bytes.count) bytes is above the limit of \(limit); split it, or raise "
          + "the limit")
    }
    let media = MediaType(of: source.bytes, named: source.uri)
    let reader = Self.reader(of: media, in: registry)
    if media == .plainText || (media.isText && reader == nil) {
      do throws(DuikouError) {
        return try await plainImage(of: source, registry)
      } catch {
        guard let reader, error.code == .invalidArgument,
          source.bytes.contains(where: { $0 > 0x20 })
        else { throw error }
        return try await read(source, as: media, by: reader, registry)
      }
    }
    guard let reader else { throw Self.unreadable(media, registry) }
    return try await read(source, as: media, by: reader, registry)
  }

  private func plainImage(
    of source: DocumentSource, _ registry: Registry
  ) async throws(DuikouError) -> Image {
    let (host, limit) = (host, limits.documentBytes)
    return try await threads.run { (_) throws(DuikouError) in
      let text = try PlainText(source.bytes, limit: limit)
      if text.isCut {
        host.warn("\(source.uri): the file ends within a character, which is left out")
      }
      var builder = ImageBuilder(schema: registry.schema, rowSizes: registry.rowSizes)
      builder.append(
        document: text.bytes, uri: source.uri,
        title: source.title ?? DocumentSource.title(of: text.bytes), sha256: source.sha256,
        published: source.published)
      return try builder.build()
    }
  }

  /// The reader of a media type: the first by its plugin's id.
  private static func reader(of media: MediaType, in registry: Registry) -> Registry.Method? {
    registry.methods(.reader).first { media.isAmong($0.description.media) }
  }

  private func read(
    _ source: DocumentSource, as media: MediaType, by reader: Registry.Method,
    _ registry: Registry
  ) async throws(DuikouError) -> Image {
    let file = try await threads.run { (_) throws(DuikouError) in
      try Self.fileImage(of: source, media, registry)
    }
    let collector = Mutex(PieceCollector(limit: limits.documentBytes))
    var request = CallRequest(
      method: reader.index, image: file, schema: registry.schema, timeout: limits.callTimeout)
    request.document = source.sha256.isEmpty ? nil : source.sha256
    request.documentName = source.uri
    request.retriesDocument = source.isRetried
    let take = { @Sendable (delta: Delta) throws(DuikouError) in
      let result = collector.withLock { collector in
        Result { () throws(DuikouError) in try collector.take(delta, over: file) }
      }
      try result.get()
    }
    request.onDelta = take
    let result = try await reader.runner.call(request)
    for delta in result.deltas { try take(delta) }
    let read = collector.withLock { $0 }
    guard read.text.contains(where: { $0 > 0x20 }) else {
      throw DuikouError(.invalidArgument, "the file holds no text")
    }
    return try await threads.run { (_) throws(DuikouError) in
      var builder = ImageBuilder(schema: registry.schema, rowSizes: registry.rowSizes)
      builder.append(Self.run(of: reader, result, read, &builder))
      read.append(to: &builder, as: source, of: media, run: 1)
      return try builder.build()
    }
  }

  /// What a reader is given: the file's bytes and their media type, and where they came from.
  private static func fileImage(
    of source: DocumentSource, _ media: MediaType, _ registry: Registry
  ) throws(DuikouError) -> Image {
    var builder = ImageBuilder(schema: registry.schema, rowSizes: registry.rowSizes)
    builder.append(
      document: EmptyCollection<UInt8>(), uri: source.uri, title: source.title ?? "",
      sha256: source.sha256)
    var content = dk_content()
    content.media = builder.intern(media.name)
    content.bytes = builder.intern(bytes: source.bytes)
    builder.append(content)
    return try builder.build()
  }

  private static func run(
    of reader: Registry.Method, _ result: CallResult, _ read: PieceCollector,
    _ builder: inout ImageBuilder
  ) -> dk_run {
    var run = dk_run()
    run.plugin = builder.intern(reader.plugin.id)
    run.version = builder.intern(reader.plugin.versionText)
    run.method = builder.intern(reader.description.name)
    run.rows = UInt32(clamping: read.pieces.count)
    run.elapsed_ns = result.elapsedNanoseconds
    for field in 5...7 { run.state(field) }
    return run
  }

  private static func unreadable(_ media: MediaType, _ registry: Registry) -> DuikouError {
    if media == .compoundFile {
      return DuikouError(
        .unimplemented,
        "the file is an old Office file (.doc, .xls), or one with a password: save it as .docx or .xlsx "
          + "without a password")
    }
    if media.name.hasPrefix("image/") {
      return DuikouError(
        .unimplemented, "the file is a picture: read its text by OCR first, and give that")
    }
    let known = registry.methods(.reader).flatMap { $0.description.media.split(separator: " ") }
    let names = Set((known.map { MediaType(String($0)) } + [.plainText]).map(\.shortName)).sorted()
    let reason = media == .unknown ? "its kind is not known" : "no plugin reads \(media.name)"
    return DuikouError(
      .unimplemented, "\(reason); what can be read: \(names.joined(separator: ", "))")
  }
}

extension MediaType {
  /// Whether it is one of a reader's media types, which have spaces between them.
  fileprivate func isAmong(_ types: String) -> Bool {
    types.split(separator: " ").contains { $0 == name }
  }
}
