import Foundation
import TestSupport
import Testing

/// Plugins in other languages and ways of building, over the header alone, in the sandbox.
@Suite("A plugin in the sandbox")
struct LanguageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The words that the plugin has found in a text with two banners.
  private func found(_ library: String) throws -> Int {
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/plugins", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: library, toPath: "\(folder.path)/plugins/libtest.so")
    let note = try folder.write("note.txt", "2018年敖汉旗与奈曼旗".utf8)
    let object = try CommandLineTool.json(["analyze", note], plugins: "\(folder.path)/plugins")
    let document = try #require((object["documents"] as? [[String: Any]])?.first)
    #expect((document["failures"] as? [Any])?.isEmpty == true, "\(document["failures"] ?? "")")
    return (document["records"] as? [[String: Any]] ?? []).count {
      $0["type"] as? String == "duikou.mention"
    }
  }

  /// The entry of a plugin in Swift over the header, with one method whose body is given.
  private static func swift(imports: String, body: String) -> String {
    """
    import CDuikou
    \(imports)
    \(SwiftNote.declaration(id: "cn.example.swift", version: "1.0.0"))
    \(body)
    nonisolated(unsafe) private let uses = UnsafeMutablePointer<dk_use>.allocate(capacity: 1)
    nonisolated(unsafe) private let method = UnsafeMutablePointer<dk_method>.allocate(capacity: 1)
    nonisolated(unsafe) private let plugin = UnsafeMutablePointer<dk_plugin>.allocate(capacity: 1)
    private func constant(_ text: StaticString) -> UnsafePointer<CChar> {
      UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
    @c @implementation
    public func duikou_plugin_v1(_ host: UnsafePointer<dk_host>!) -> UnsafePointer<dk_plugin>! {
      uses.pointee = dk_use(
        type: UInt32(DK_MENTION), row_size: UInt32(MemoryLayout<dk_mention>.size),
        access: UInt32(DK_WRITE), reserved: 0)
      method.pointee = dk_method()
      method.pointee.name = constant("Test")
      method.pointee.role = UInt32(DK_EXTRACTOR)
      method.pointee.uses = UnsafePointer(uses)
      method.pointee.use_count = 1
      method.pointee.use_stride = UInt64(MemoryLayout<dk_use>.stride)
      method.pointee.invoke = { _, call in
        for _ in 0..<count(UnsafeRawPointer(dk_text(call!.pointee.image)!), Int(call!.pointee.image.pointee.text_size)) {
          guard call!.pointee.append(call, UInt32(DK_MENTION), 1, nil) != nil else { return 8 }
        }
        return 0
      }
      plugin.pointee = dk_plugin()
      plugin.pointee.size = UInt32(MemoryLayout<dk_plugin>.size)
      plugin.pointee.id = constant("cn.example.swift")
      plugin.pointee.version = constant("1.0.0")
      plugin.pointee.methods = UnsafePointer(method)
      plugin.pointee.method_count = 1
      plugin.pointee.method_stride = UInt32(MemoryLayout<dk_method>.stride)
      return UnsafePointer(plugin)
    }
    """
  }

  /// Uses what the sandbox makes hard: Foundation, regular expressions, queues and tasks.
  private static let rich = """
    func count(_ text: UnsafeRawPointer, _ size: Int) -> Int {
      let bytes = UnsafeRawBufferPointer(start: text, count: size)
      let string = String(decoding: bytes, as: UTF8.self)
      guard let year = string.firstMatch(of: /[0-9]{4}/), year.output == "2018" else { return 0 }
      guard ISO8601DateFormatter().date(from: "2018-07-04T00:00:00Z") != nil,
        String(format: "%04d", 18) == "0018",
        (try? JSONSerialization.jsonObject(with: Data("[1]".utf8))) != nil
      else { return 0 }
      let total = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 8) { index in
        total.withLock { $0 += index }
      }
      let done = DispatchSemaphore(value: 0)
      let banners = Mutex(0)
      Task {
        await withTaskGroup(of: Int.self) { group in
          for character in string {
            group.addTask {
              try? await Task.sleep(for: .milliseconds(1))
              return character == "旗" ? 1 : 0
            }
          }
          for await one in group { banners.withLock { $0 += one } }
        }
        done.signal()
      }
      // Longer than a second: libdispatch then looks at its threads through /proc.
      usleep(1_300_000)
      done.wait()
      return total.withLock { $0 } == 28 ? banners.withLock { $0 } : 0
    }
    """

  @Test(
    "in Swift may use Foundation, regular expressions, queues and tasks",
    arguments: [[], ["-static-stdlib", "-use-ld=lld"]])
  func swift(_ flags: [String]) throws {
    let file = try folder.write(
      "plugin.swift",
      Self.swift(
        imports: "import Dispatch\nimport Foundation\nimport Synchronization", body: Self.rich
      ).utf8)
    try compile(file, flags)
    #expect(try found("\(folder.path)/libplugin.so") == 2)
  }

  @Test("may be built in Embedded Swift")
  func embedded() throws {
    let file = try folder.write(
      "plugin.swift",
      Self.swift(
        imports: "",
        body: """
          func count(_ text: UnsafeRawPointer, _ size: Int) -> Int {
            let bytes = UnsafeRawBufferPointer(start: text, count: size)
            var banners = 0
            for start in 0..<max(0, size - 2)
            where bytes[start] == 0xe6 && bytes[start + 1] == 0x97 && bytes[start + 2] == 0x97 {
              banners += 1
            }
            return banners
          }
          """
      ).utf8)
    try compile(file, ["-wmo", "-enable-experimental-feature", "Embedded"])
    #expect(try found("\(folder.path)/libplugin.so") == 2)
  }

  private func compile(_ file: String, _ flags: [String]) throws {
    try Program.check(
      "/usr/bin/env",
      [
        "swiftc", "-swift-version", "6", "-parse-as-library", "-emit-library", "-module-name",
        "Plugin",
        "-I", "\(Repository.root)/include", file, "-o", "\(folder.path)/libplugin.so",
        "-Xlinker", "--version-script=\(Repository.root)/include/duikou.map",
      ] + flags)
  }

  @Test("may be written in C++, with its library, exceptions and threads")
  func cPlusPlus() throws {
    let file = try folder.write(
      "plugin.cc",
      """
      #include <duikou.h>
      #include <regex>
      #include <stdexcept>
      #include <string>
      #include <thread>
      static dk_status run(void *, dk_call *call) {
        std::string text(dk_text(call->image), call->image->text_size);
        if (!std::regex_search(text, std::regex("[0-9]{4}"))) return DK_NOT_FOUND;
        int count = 0;
        std::thread([&] {
          for (size_t at = 0; (at = text.find("\\xe6\\x97\\x97", at)) != text.npos; at++) count++;
        }).join();
        try {
          throw std::runtime_error("caught");
        } catch (const std::exception &) {
          return call->append(call, DK_MENTION, count, nullptr) ? DK_OK : DK_INTERNAL;
        }
      }
      static const dk_use uses[] = {{DK_MENTION, sizeof(dk_mention), DK_WRITE, 0}};
      static const dk_method methods[] = {{"Test", nullptr, nullptr, DK_EXTRACTOR, 0, 0, 1, uses,
                                           sizeof(dk_use), run, 0, 0, nullptr}};
      static const dk_plugin plugin = {sizeof(dk_plugin), 0, 0, 0, "cn.example.cc", "1.0.0", nullptr,
                                       nullptr, 0, 0, methods, 1, sizeof(dk_method), nullptr, nullptr};
      DK_NOTE("cn.example.cc", "1.0.0");
      const dk_plugin *duikou_plugin_v1(const dk_host *) { return &plugin; }
      """.utf8)
    try Program.check(
      "/usr/bin/env",
      [
        "c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-pthread",
        "-fvisibility=hidden", "-I\(Repository.root)/include", file, "-o",
        "\(folder.path)/libplugin.so",
      ])
    #expect(try found("\(folder.path)/libplugin.so") == 2)
  }
}
