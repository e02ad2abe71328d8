import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A signature beside a plugin")
struct PluginSignatureTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("is written as it is read")
  func text() throws {
    let signature = try #require(PluginSignature(SignedSample.text))
    #expect(signature.key == SignedSample.fingerprint)
    #expect(signature.sha256 == SignedSample.sha256)
    #expect(signature.text == SignedSample.text)
    #expect(PluginSignature.path(of: "/p/a.so") == "/p/a.so.sig")
  }

  @Test("signs a message that says what it is for")
  func message() {
    #expect(
      PluginSignature.message("ab") == Data("duikou plugin signature 1\nab\n".utf8))
  }

  @Test(
    "is read to the byte",
    arguments: [
      ("duikou-signature: 1", "duikou-signature: 2"), ("duikou-signature: 1\n", ""),
      ("duikou-signature: 1", "duikou-signature:  1"), ("key: e", "key: E"), ("key: e", "key: "),
      ("key: e", "key: ee"), ("key: e744", "Key: e744"), ("sha256: 5e", "sha256: 5E"),
      ("sha256: 5e", "sha256: 5"), ("sha256: 5e", "sha256: g5"), ("sha256: 5e", "sha256:5e"),
      // The last digits stand for the same byte.
      ("Qp1Dg==", "Qp1Dh=="), ("Qp1Dg==", "Qp1Dg="), ("Qp1Dg==", "Qp1DgAA="),
      ("signature: Vs", "signature: V s"), ("signature: Vs", "signature: V\ns"), ("==\n", "=="),
      ("==\n", "==\n\n"), ("==\n", "== \n"), ("==\n", "==\nkey: e744c0791320c328\n"),
      ("\n", "\r\n"), ("key: ", "\n\nkey: "), ("duikou-", "\u{feff}duikou-"), ("1\n", "1\0\n"),
      // The Kelvin sign, which is the same letter to who compares text.
      ("signature: VsRsL5O7G82cy2CYkI", "signature: VsRsL5O7G82cy2CY\u{212a}I"),
    ])
  func strict(_ part: String, _ other: String) throws {
    let text = SignedSample.text.replacing(part, with: other)
    #expect(!text.utf8.elementsEqual(SignedSample.text.utf8))
    #expect(PluginSignature(text) == nil)
  }

  @Test("whose lines stand in another order is none")
  func order() {
    let lines = SignedSample.text.split(separator: "\n").map(String.init)
    let text = [lines[0], lines[2], lines[1], lines[3], ""].joined(separator: "\n")
    #expect(PluginSignature(text) == nil)
    #expect(PluginSignature("") == nil)
  }

  @Test("is a small file, or is not there")
  func file() throws {
    let plugin = try folder.write("a.so", "plugin".utf8)
    let path = PluginSignature.path(of: plugin)
    #expect(try PluginSignature.bytes(beside: plugin) == nil)
    for bytes in [Array(SignedSample.text.utf8), [], Array(repeating: 65, count: 4096)] {
      try folder.write("a.so.sig", bytes)
      #expect(try PluginSignature.bytes(beside: plugin) == bytes)
    }
    let obstacles: [(word: String, make: () throws -> Void)] = [
      ("larger than 4 KiB", { try folder.write("a.so.sig", Array(repeating: 65, count: 4097)) }),
      ("not a regular file", { mkfifo(path, 0o600) }),
      (
        "not a regular file",
        {
          try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        }
      ),
    ]
    for (word, make) in obstacles {
      try FileManager.default.removeItem(atPath: path)
      try make()
      let error = #expect(throws: DuikouError.self) {
        try PluginSignature.bytes(beside: plugin)
      }
      #expect(error?.code == .permissionDenied)
      #expect(error?.message.hasPrefix("its signature cannot be read: \(path) is") == true)
      #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }
  }
}
