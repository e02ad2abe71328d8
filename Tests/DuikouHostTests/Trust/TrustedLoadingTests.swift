import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A host loads what it may trust")
struct TrustedLoadingTests {
  private let folder: TemporaryFolder
  private let path: String
  private let key = SigningKey()

  init() throws {
    folder = try TemporaryFolder()
    chmod(folder.path, 0o755)
    path = try CompiledPlugin.compile(CompiledPlugin.source(), in: folder)
    chmod(path, 0o755)
  }

  private func host(_ policy: TrustPolicy) -> PluginHost {
    var options = PluginHost.Options(cacheFolder: "\(folder.path)/cache")
    options.trust = PluginTrust(policy: policy, keys: [key.trusted(as: "office")])
    return PluginHost(options, logger: .silent)
  }

  private func load(_ host: PluginHost) throws -> PluginListing {
    try #require(try host.load(folders: [folder.path]).first)
  }

  private func sign() throws {
    let signature = try key.sign(sha256: try PluginBytes(reading: path).sha256)
    try folder.write("libplugin.so.sig", signature.text.utf8)
  }

  @Test("by its owner, until others may write to it or to its folder")
  func owner() throws {
    #expect(try load(host(.owner)).state == .active)
    chmod(path, 0o775)
    let file = try load(host(.owner))
    #expect(file.state == .refused && file.reason?.code == .permissionDenied)
    #expect(file.reason?.message.contains("chmod go-w \(path)") == true)
    #expect(try load(host(.any)).state == .active)
    chmod(path, 0o755)
    chmod(folder.path, 0o777)
    let place = try load(host(.owner))
    #expect(place.reason?.message.contains("chmod go-w \(folder.path)`") == true)
    #expect(try load(host(.any)).state == .active)
  }

  @Test("by its signature, whoever may write to it")
  func signed() throws {
    let unsigned = try load(host(.signed))
    #expect(unsigned.state == .refused && unsigned.reason?.code == .permissionDenied)
    try sign()
    chmod(path, 0o777)
    chmod(folder.path, 0o777)
    let signed = try load(host(.signed))
    #expect(signed.state == .active && signed.signer == "office")
    #expect(try load(host(.any)).signer == "office")
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0]))
    try file.close()
    let changed = try load(host(.signed))
    #expect(changed.state == .refused && changed.signer == nil)
    #expect(changed.reason?.message.hasPrefix("it was changed after office") == true)
  }

  @Test("as soon as a signature is there, or others may not write to the file any more")
  func mended() throws {
    let (signing, owning) = (host(.signed), host(.owner))
    chmod(path, 0o777)
    #expect(try load(signing).state == .refused)
    #expect(try load(owning).state == .refused)
    try sign()
    chmod(path, 0o755)
    #expect(try load(signing).state == .active)
    #expect(try load(owning).state == .active)
  }

  @Test("as soon as others may not write to the folder any more, though the file is the same")
  func mendedFolder() throws {
    let host = host(.owner)
    chmod(folder.path, 0o777)
    #expect(try load(host).state == .refused)
    chmod(folder.path, 0o755)
    #expect(try load(host).state == .active)
  }
}
