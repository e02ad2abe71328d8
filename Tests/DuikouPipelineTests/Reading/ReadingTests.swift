import DuikouHost
import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouPipeline

@Suite("A file that is no plain text")
struct ReadingTests {
  private let folder: TemporaryFolder
  private let host: PluginHost

  init() throws {
    folder = try TemporaryFolder()
    host = PluginHost(
      cacheFolder: "\(folder.path)/cache",
      logger: .silent)
  }

  /// A reader of HTML that gives the file's bytes in two pieces, the second in row 2 and column 3 of a
  /// table of sheet 台账, with a title and a day.
  private static let twoPieces = """
    const dk_table *files = dk_find(call->image, DK_CONTENT);
    const dk_content *file = dk_row_at(call->image, files, 0);
    const char *bytes = dk_string(call->image, file->bytes);
    dk_piece *first = call->append(call, DK_PIECE, 1, NULL);
    first->text = call->intern(call, bytes, 6);
    first->kind = DK_PIECE_HEADING;
    dk_document *document = call->append(call, DK_DOCUMENT, 1, NULL);
    document->title = call->intern(call, "标题", 6);
    document->published = 17716;
    document->row.has = DK_BIT(5);
    dk_status status = call->flush(call);
    if (status != DK_OK) return status;
    dk_piece *second = call->append(call, DK_PIECE, 2, NULL);
    second->text = call->intern(call, bytes + 6, file->bytes.len - 6);
    second->part = call->intern(call, "台账", 6);
    second->kind = DK_PIECE_CELL;
    second->line = 2;
    second->column = 3;
    second->row.has = DK_BIT(6) | DK_BIT(7);
    return DK_OK;
    """

  private static func reader(_ body: String, id: String = "cn.example.pages") -> String {
    CompiledPlugin.source(
      id: id, body: body, method: ", .role = DK_READER, .media = \"text/html image/png\"",
      uses: """
        {DK_CONTENT, sizeof(dk_content), DK_READ, 0}, {DK_PIECE, sizeof(dk_piece), DK_WRITE, 0},
        {DK_DOCUMENT, sizeof(dk_document), DK_WRITE, 0},
        """
    ).replacing(".role = DK_EXTRACTOR, ", with: "")
  }

  /// An extractor that appends a place for what stands behind the sixth byte.
  private static let finder = CompiledPlugin.source(
    id: "cn.example.finder",
    body: """
      dk_place *place = call->append(call, DK_PLACE, 1, NULL);
      place->code = 150430;
      place->row.evidence = (dk_span){6, 3};
      return dk_count(call->image, DK_PIECE) == 2 ? DK_OK : DK_INTERNAL;
      """,
    uses: "{DK_PLACE, sizeof(dk_place), DK_WRITE, 0}, {DK_PIECE, sizeof(dk_piece), DK_READ, 0},")

  private func pipeline(_ sources: [String], limits: Limits = Limits()) throws -> Pipeline {
    let files = try sources.enumerated().map { index, source in
      try CompiledPlugin.compile(source, named: "lib\(index).so", in: folder)
    }
    for listing in try host.load(files: files) {
      try #require(listing.state == .active, "\(listing.reason?.message ?? "")")
    }
    return Pipeline(host: host, limits: limits)
  }

  private let page = DocumentSource(uri: "a.html", bytes: Array("标题敖汉旗".utf8))

  @Test("is read by the plugin that takes its media type, and records know their place in it")
  func reading() async throws {
    let analysis = try await pipeline([Self.reader(Self.twoPieces), Self.finder]).analyze(page)
    #expect(analysis.failures.isEmpty)
    #expect(String(analysis.image.text) == "标题敖汉旗")
    #expect(analysis.title == "标题")
    let records = analysis.records()
    #expect(records.map(\.type).sorted() == ["duikou.document", "duikou.place"])
    #expect(records.first { $0.type == "duikou.document" }?["published"] == .date(17_716))
    let evidence = try #require(records.first { $0.type == "duikou.place" }?.evidence)
    #expect(evidence.text == "敖")
    #expect(evidence.source == Record.Source(part: "台账", line: 2, column: 3))
    let runs = analysis.image.records(schema: analysis.schema).filter { $0.type == "duikou.run" }
    #expect(runs.map { $0["plugin"]?.description } == ["cn.example.pages", "cn.example.finder"])
  }

  @Test("keeps the title that it came with")
  func title() async throws {
    var page = page
    page.title = "座谈会"
    #expect(try await pipeline([Self.reader(Self.twoPieces)]).analyze(page).title == "座谈会")
  }

  @Test("was published when whoever puts it says so, whatever its reader says")
  func published() async throws {
    var page = page
    page.published = CivilDate("2026-02-04")
    for plugins in [[Self.reader(Self.twoPieces)], []] {
      let records = try await pipeline(plugins).analyze(page).records()
      #expect(records.first { $0.type == "duikou.document" }?["published"] == .date(20_488))
    }
  }

  @Test("is refused with what its reader says")
  func refusal() async throws {
    let pipeline = try pipeline([
      Self.reader("return call->fail(call, DK_RESOURCE_EXHAUSTED, \"a bomb\", 6);")
    ])
    await #expect {
      try await pipeline.analyze(page)
    } throws: { error in
      (error as? DuikouError)?.code == .resourceExhausted
        && (error as? DuikouError)?.message.contains("a bomb") == true
    }
  }

  @Test("without any text is refused")
  func empty() async throws {
    let pipeline = try pipeline([Self.reader("return *call->cancelled ? DK_CANCELLED : DK_OK;")])
    await #expect(throws: DuikouError.self) { try await pipeline.analyze(page) }
  }

  @Test("whose text is above the limit is refused")
  func limit() async throws {
    let pipeline = try pipeline(
      [
        Self.reader(
          """
          for (int i = 0; i < 4; i++) {
            dk_piece *piece = call->append(call, DK_PIECE, 1, NULL);
            piece->text = call->intern(call, "0123456789", 10);
          }
          return DK_OK;
          """)
      ], limits: Limits(documentBytes: 30))
    await #expect {
      try await pipeline.analyze(page)
    } throws: { ($0 as? DuikouError)?.code == .resourceExhausted }
  }

  @Test("that is text is read as it stands where no plugin reads its kind")
  func fallback() async throws {
    let analysis = try await pipeline([]).analyze(page)
    #expect(String(analysis.image.text) == "标题敖汉旗")
  }

  @Test(
    "that no plugin reads is refused with what can be done",
    arguments: [
      ("%PDF-1.7", "no plugin reads application/pdf; what can be read: .html, .txt, image/png"),
      ("\u{1}\u{2}\u{3}", "its kind is not known; what can be read: .html"),
    ])
  func unreadable(bytes: String, message: String) async throws {
    let pipeline = try pipeline([Self.reader(Self.twoPieces)])
    await #expect {
      try await pipeline.analyze(DocumentSource(uri: "a", bytes: Array(bytes.utf8)))
    } throws: { error in
      (error as? DuikouError)?.code == .unimplemented
        && (error as? DuikouError)?.message.contains(message) == true
    }
  }

  @Test("from an old Office program is refused with the way out")
  func compound() async throws {
    let pipeline = try pipeline([])
    await #expect {
      try await pipeline.analyze(
        DocumentSource(uri: "a.doc", bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1]))
    } throws: { ($0 as? DuikouError)?.message.contains("save it as .docx") == true }
  }

  @Test("in another encoding goes to the reader of plain text")
  func encoding() async throws {
    let source = Self.reader(
      """
      dk_piece *piece = call->append(call, DK_PIECE, 1, NULL);
      piece->text = call->intern(call, "各旗县", 9);
      return DK_OK;
      """
    ).replacing("text/html image/png", with: "text/plain")
    let pipeline = try pipeline([source])
    let read = try await pipeline.analyze(
      DocumentSource(uri: "a.txt", bytes: [0xb8, 0xf7, 0xc6, 0xec, 0xcf, 0xd8]))
    #expect(String(read.image.text) == "各旗县")
    let plain = try await pipeline.analyze(DocumentSource(uri: "a.txt", bytes: Array("旗".utf8)))
    #expect(String(plain.image.text) == "旗")
  }
}
