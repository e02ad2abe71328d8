import Foundation
import TestSupport
import Testing

@Suite("duikou plugin keygen, sign and verify")
struct SigningCommandTests {
  private let folder: TemporaryFolder
  /// Signed by nobody.
  private let plugin: String
  private let other: String

  init() throws {
    folder = try TemporaryFolder()
    let elf: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]
    plugin = try folder.write("a.so", elf + "a".utf8)
    other = try folder.write("b.so", elf + "b".utf8)
  }

  private func keygen(_ name: String) throws -> Program {
    try CommandLineTool.run(["plugin", "keygen", name, "--folder", folder.path])
  }

  private func sign(_ key: String, _ files: String...) throws -> Program {
    try CommandLineTool.run(
      ["plugin", "sign", "--signing-key", "\(folder.path)/\(key).key"] + files)
  }

  private func verify(_ key: String, _ files: String...) throws -> Program {
    try CommandLineTool.run(
      ["plugin", "verify", "--trusted-key", "\(folder.path)/\(key).pub"] + files)
  }

  @Test("make a key with the settings that trust it, once")
  func key() throws {
    let program = try keygen("上海-1")
    #expect(program.status == 0)
    let path = (folder.path as NSString).standardizingPath
    #expect(
      program.output == "plugin-trust: signed\nplugin-keys: [上海-1:\(path)/上海-1.pub]\n")
    #expect(program.errors.contains("指纹"))
    let again = try keygen("上海-1")
    #expect(again.status == 1 && again.output.isEmpty && again.errors.contains("ALREADY_EXISTS"))
    // Neither file is written over, and none is left alone.
    try FileManager.default.removeItem(atPath: "\(folder.path)/上海-1.key")
    #expect(try keygen("上海-1").status == 1)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/上海-1.key"))
  }

  @Test("take no name that is none", arguments: ["", "a:b", "a/b", "a b", "a,b", ".a", "[a]"])
  func names(_ name: String) throws {
    #expect(try keygen(name).status == 64)
  }

  @Test("sign files that then are what was signed, by whom")
  func signs() throws {
    #expect(try keygen("office").status == 0)
    let signed = try sign("office", plugin, other)
    #expect(signed.status == 0 && signed.errors.isEmpty, "\(signed.errors)")
    let verified = try verify("office", plugin, other)
    #expect(verified.status == 0 && verified.errors.isEmpty, "\(verified.errors)")
    #expect(verified.output.contains("签名者") && verified.output.contains("office"))
    let object = try CommandLineTool.json(
      ["plugin", "verify", "--trusted-key", "sede:\(folder.path)/office.pub", plugin])
    let rows = try #require(object["signatures"] as? [[String: String]])
    #expect(rows.map { $0["signer"] } == ["sede"] && rows.map { $0["file"] } == [plugin])
    #expect((object["errors"] as? [Any])?.isEmpty == true)
  }

  @Test("say what is wrong with a file, and do the others")
  func refusals() throws {
    #expect(try keygen("office").status == 0)
    #expect(try keygen("branch").status == 0)
    let unsigned = try verify("office", plugin)
    #expect(unsigned.status == 1 && unsigned.output.isEmpty)
    #expect(unsigned.errors.contains("\(plugin): it is not signed: \(plugin).sig is missing"))

    let text = try folder.write("text.so", "text".utf8)
    let partly = try sign("office", text, "\(folder.path)/none.so", plugin)
    #expect(partly.status == 1 && partly.output.contains(plugin))
    #expect(partly.errors.contains("not a shared library") && partly.errors.contains("NOT_FOUND"))
    #expect(!FileManager.default.fileExists(atPath: "\(text).sig"))

    let strange = try verify("branch", plugin)
    #expect(strange.status == 1)
    #expect(strange.errors.contains("which is not trusted here; trusted are: branch"))

    #expect(try sign("office", other).status == 0)
    try folder.write("a.so", [0x7f, 0x45, 0x4c, 0x46])
    let object = try CommandLineTool.json(
      ["plugin", "verify", "--trusted-key", "\(folder.path)/office.pub", plugin, other], status: 1)
    let errors = try #require(object["errors"] as? [[String: String]])
    #expect(errors.map { $0["path"] } == [plugin])
    #expect(errors.first?["code"] == "PERMISSION_DENIED")
    #expect(
      errors.first?["message"]?.hasPrefix("it was changed after office had signed it") == true)
    #expect((object["signatures"] as? [[String: String]])?.map { $0["file"] } == [other])
  }

  @Test("need a key that is one, and that nobody else may read")
  func keys() throws {
    #expect(try keygen("office").status == 0)
    for (key, word) in [("none", "NOT_FOUND"), ("office", "PERMISSION_DENIED")] {
      chmod("\(folder.path)/office.key", 0o644)
      let program = try sign(key, plugin)
      #expect(program.status == 1 && program.errors.contains(word), "\(program.errors)")
    }
    #expect(try verify("none", plugin).errors.contains("NOT_FOUND"))
    #expect(!FileManager.default.fileExists(atPath: "\(plugin).sig"))
  }
}
