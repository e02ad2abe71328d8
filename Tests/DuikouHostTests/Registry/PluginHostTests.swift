import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("Files in a plugin folder")
struct PluginHostTests {
  private let folder: TemporaryFolder
  private let host: PluginHost

  init() throws {
    folder = try TemporaryFolder()
    host = PluginHost(
      cacheFolder: "\(folder.path)/cache",
      logger: .silent)
  }

  /// What is dropped in, and how it is refused.
  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    var code: StatusCode
    var word: String
    var source: String?
    var bytes: [UInt8] = []
    var testDescription: String { name }
  }

  @Test(
    "are refused with a sentence when they cannot be plugins, and the others work",
    arguments: [
      Bad(
        name: "a text file", code: .invalidArgument, word: "not a shared library",
        bytes: Array("只是一段文字，不是插件。只是一段文字，不是插件。只是一段文字，不是插件。".utf8)),
      Bad(name: "an empty file", code: .invalidArgument, word: "not a shared library"),
      Bad(
        name: "the first bytes of a library", code: .invalidArgument, word: "program headers",
        bytes: [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, machine, 0]
          + Array(repeating: 0, count: 200)),
      Bad(
        name: "a library of 32 bits", code: .invalidArgument, word: "64-bit",
        bytes: [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1] + Array(repeating: 0, count: 200)),
      Bad(
        name: "a library without the note", code: .failedPrecondition, word: "no note",
        source: "int nothing(void); int nothing(void) { return 0; }"),
      Bad(
        name: "a library with the note alone", code: .failedPrecondition,
        word: "does not export duikou_plugin_v1",
        source: "#include <duikou.h>\nDK_NOTE(\"cn.example.test\", \"1.0.0\");"),
      Bad(
        name: "one that describes itself otherwise", code: .invalidArgument, word: "its note says",
        source: CompiledPlugin.source().replacing(
          ".version = \"1.0.0\"", with: ".version = \"1.0.1\"")),
      Bad(
        name: "one that lacks a symbol", code: .invalidArgument, word: "missing_function",
        source: """
          #include <duikou.h>
          void missing_function(void);
          DK_EXPORT void (*volatile pointer)(void);
          void (*volatile pointer)(void) = missing_function;
          DK_NOTE("cn.example.test", "1.0.0");
          const dk_plugin *duikou_plugin_v1(const dk_host *host) { (void)host; return 0; }
          """),
      Bad(
        name: "one that does not want this host", code: .failedPrecondition, word: "cannot work",
        source: """
          #include <duikou.h>
          DK_NOTE("cn.example.test", "1.0.0");
          const dk_plugin *duikou_plugin_v1(const dk_host *host) { (void)host; return 0; }
          """),
      Bad(
        name: "one that needs a newer minor", code: .failedPrecondition, word: "ABI minor 9",
        source: CompiledPlugin.source(plugin: ", .abi_needed = 9")),
      Bad(
        name: "one without an id", code: .invalidArgument, word: "reverse DNS",
        source: CompiledPlugin.source(id: "Test")),
      Bad(
        name: "one with a reserved id", code: .invalidArgument, word: "reserved",
        source: CompiledPlugin.source(id: "duikou.places")),
      Bad(
        name: "one with an id of gRPC's", code: .invalidArgument, word: "reserved",
        source: CompiledPlugin.source(id: "grpc.health.v1.health")),
      Bad(
        name: "one with an id of protobuf's", code: .invalidArgument, word: "reserved",
        source: CompiledPlugin.source(id: "google.protobuf.timestamp")),
      Bad(
        name: "one with an id that is too long", code: .invalidArgument, word: "255",
        source: CompiledPlugin.source(id: "cn.\(tooLong)")),
      Bad(
        name: "one with a version that is too long", code: .invalidArgument, word: "255",
        source: CompiledPlugin.source(version: "1.0.0-\(tooLong)")),
      Bad(
        name: "one with a method's name that is too long", code: .invalidArgument, word: "255",
        source: CompiledPlugin.source().replacing("\"Test\"", with: "\"T\(tooLong)\"")),
      Bad(
        name: "one with a row type's name that is too long", code: .invalidArgument, word: "255",
        source: typed(
          offsets: (32, 40), kinds: ("DK_I64", "DK_U32"), name: "cn.example.test.\(tooLong)")),
      Bad(
        name: "one without a version", code: .invalidArgument, word: "semantic version",
        source: CompiledPlugin.source(version: "latest")),
      Bad(
        name: "one whose struct has no size", code: .invalidArgument, word: "size",
        source: CompiledPlugin.source().replacing(".size = sizeof(dk_plugin)", with: ".size = 0")),
      Bad(
        name: "one whose methods have no stride", code: .invalidArgument, word: "stride",
        source: CompiledPlugin.source().replacing(
          ".method_stride = sizeof(dk_method)", with: ".method_stride = 0")),
      Bad(
        name: "one without a function", code: .invalidArgument, word: "invoke",
        source: CompiledPlugin.source().replacing(
          ".invoke = run", with: ".invoke = (host_run ? 0 : run)"
        ).replacing("static const dk_use", with: "enum { host_run = 1 };\nstatic const dk_use")),
      Bad(
        name: "one that writes runs", code: .invalidArgument, word: "only the host",
        source: CompiledPlugin.source(uses: "{DK_RUN, sizeof(dk_run), DK_WRITE, 0},")),
      Bad(
        name: "one whose extractor writes content", code: .invalidArgument, word: "duikou.content",
        source: CompiledPlugin.source(uses: "{DK_CONTENT, sizeof(dk_content), DK_WRITE, 0},")),
      Bad(
        name: "one whose method uses too many types", code: .invalidArgument, word: "at most 64",
        source: CompiledPlugin.source(
          uses: (1...65).map { "{0x10000 + \($0), 32, DK_USE, 0}," }.joined())),
      Bad(
        name: "one with too many methods", code: .invalidArgument, word: "at most 64",
        source: CompiledPlugin.source(
          method: (1...64).map {
            "}, {.name = \"M\($0)\", .role = DK_EXTRACTOR, .invoke = run"
          }.joined()
        ).replacing(".method_count = 1", with: ".method_count = 65")),
      Bad(
        name: "one with a use of no size", code: .invalidArgument, word: "row size",
        source: CompiledPlugin.source(uses: "{DK_PLACE, 0, DK_WRITE, 0},")),
      Bad(
        name: "one with overlapping fields", code: .invalidArgument, word: "overlap",
        source: typed(offsets: (32, 36), kinds: ("DK_I64", "DK_U32"))),
      Bad(
        name: "one with a field out of line", code: .invalidArgument, word: "aligned",
        source: typed(offsets: (36, 44), kinds: ("DK_I64", "DK_U32"))),
      Bad(
        name: "one with a field of an unknown kind", code: .invalidArgument, word: "kind 99",
        source: typed(offsets: (32, 40), kinds: ("99", "DK_U32"))),
      Bad(
        name: "one with a row type under another's name", code: .invalidArgument,
        word: "must begin with",
        source: typed(offsets: (32, 40), kinds: ("DK_I64", "DK_U32"), name: "duikou.stay")),
      Bad(
        name: "one whose configuration is none of its types", code: .invalidArgument,
        word: "0x1234567, which is not among its types",
        source: typed(offsets: (32, 40), kinds: ("DK_I64", "DK_U32"), config: "0x1234567")),
      Bad(
        name: "one whose configuration is a type of the domain's", code: .invalidArgument,
        word: "0x10, which is not among its types",
        source: CompiledPlugin.source(plugin: ", .config = DK_PLACE")),
      Bad(
        name: "one whose configuration points into a text", code: .invalidArgument,
        word: "cannot be its configuration: field a is a span",
        source: typed(offsets: (32, 40), kinds: ("DK_SPAN", "DK_U32"), config: "0x5a3c91e7")),
      Bad(
        name: "one whose create fails", code: .unavailable, word: "create",
        source: CompiledPlugin.source(
          before: """
            static dk_status make(const dk_host *h, const dk_image *c, void **s)
            { (void)h; (void)c; (void)s; return DK_UNAVAILABLE; }
            """, plugin: ", .create = make")),
    ])
  func refused(_ bad: Bad) throws {
    let good = try CompiledPlugin.compile(
      CompiledPlugin.source(id: "cn.example.good"), named: "libgood.so", in: folder)
    let file: String
    if let source = bad.source {
      file = try CompiledPlugin.compile(source, named: "libbad.so", in: folder)
    } else {
      file = try folder.write("libbad.so", bad.bytes)
    }
    let listings = try host.load(folders: [folder.path])
    #expect(listings.map(\.path) == [file, good])
    #expect(listings[0].state == .refused)
    #expect(listings[0].reason?.code == bad.code, "\(listings[0].reason?.description ?? "")")
    #expect(
      listings[0].reason?.message.contains(bad.word) == true,
      "\(listings[0].reason?.message ?? "")")
    #expect(listings[1].state == .active)
    #expect(host.registry.methods(.extractor).map(\.name) == ["cn.example.good/Test"])
  }

  private static let tooLong = String(repeating: "a", count: 256)

  #if arch(x86_64)
  private static let machine: UInt8 = 62
  #else
  private static let machine: UInt8 = 183
  #endif

  /// A plugin that brings a row type with two fields.
  private static func typed(
    offsets: (Int, Int), kinds: (String, String), name: String = "cn.example.test.stay",
    config: String = "0"
  ) -> String {
    CompiledPlugin.source(
      before: """
        static const dk_field fields[] = {
          {"a", 0, 0, 0, 1, \(offsets.0), \(kinds.0), 0, 0, 0, 0, 0},
          {"b", 0, 0, 0, 2, \(offsets.1), \(kinds.1), 0, 0, 0, 0, 0}};
        static const dk_type types[] = {
          {"\(name)", "A stay.", 0x5a3c91e7u, 48, fields, 2, sizeof(dk_field)}};
        """,
      plugin: """
        , .types = types, .type_count = 1, .type_stride = sizeof(dk_type), .config = \(config)
        """)
  }

  @Test("say what may stand in their section of the configuration")
  func configuration() throws {
    _ = try CompiledPlugin.compile(
      Self.typed(offsets: (32, 40), kinds: ("DK_STRING", "DK_U32"), config: "0x5a3c91e7"),
      in: folder)
    let listing = try #require(try host.load(folders: [folder.path]).first)
    let schema = try #require(try listing.description?.configurationSchema())
    #expect(schema.type.name == "cn.example.test.stay" && schema.plugin == "cn.example.test")
  }

  @Test("with the same id are used once")
  func sameID() throws {
    _ = try CompiledPlugin.compile(
      CompiledPlugin.source(version: "1.0.0"), named: "liba.so", in: folder)
    _ = try CompiledPlugin.compile(
      CompiledPlugin.source(version: "1.1.0"), named: "libb.so", in: folder)
    try FileManager.default.copyItem(
      atPath: "\(folder.path)/libb.so", toPath: "\(folder.path)/libc.so")
    let listings = try host.load(folders: [folder.path])
    #expect(listings.map(\.state) == [.shadowed, .active, .shadowed])
    #expect(listings[0].reason?.message.contains("1.1.0") == true)
    #expect(listings[2].reason?.message.contains("same file") == true)
    #expect(host.registry.methods(.extractor).count == 1)
  }

  @Test("that are hidden or not named .so are left alone")
  func others() throws {
    try folder.write(".libhidden.so", [1])
    try folder.write("notes.txt", [1])
    #expect(try host.load(folders: [folder.path]).isEmpty)
  }

  @Test("that are no files are refused")
  func special() throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/libfolder.so", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/libdangling.so", withDestinationPath: "/nonexistent")
    mkfifo("\(folder.path)/libfifo.so", 0o600)
    let listings = try host.load(folders: [folder.path])
    #expect(listings.map(\.state) == [.refused, .refused, .refused])
    #expect(listings.allSatisfy { $0.reason?.message.isEmpty == false })
  }

  @Test("may change after they were loaded: a private copy is what runs")
  func privateCopy() throws {
    let file = try CompiledPlugin.compile(CompiledPlugin.source(), in: folder)
    let listing = try #require(try host.load(folders: [folder.path]).first)
    try Data(repeating: 0, count: 100).write(to: URL(fileURLWithPath: file))
    #expect(host.registry.methods(.extractor).count == 1)
    let copy = "\(folder.path)/cache/\(listing.sha256).so"
    let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
    #expect(mode == 0o555)
  }

  @Test("of a folder that is not there are told")
  func noFolder() {
    let error = #expect(throws: DuikouError.self) { try host.load(folders: ["/nonexistent"]) }
    #expect(error?.code == .notFound)
  }
}
