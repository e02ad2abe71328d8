import DuikouHost
import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouServer

@Suite("The daemon's settings of trust")
struct SettingsTrustTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ yaml: String? = nil, _ environment: [String: String] = [:], _ flags: [String: [String]] = [:]
  ) throws -> Settings {
    let file = try yaml.map { try folder.write("duikoud.yaml", $0.utf8) }
    return try Settings.read(
      file: file, environment: environment.merging(["HOME": "/h"]) { $1 }, flags: flags)
  }

  /// Writes a public key and returns its path.
  private func key(_ name: String) throws -> String {
    let path = "\(folder.path)/\(name).pub"
    try SigningKey().trusted(as: name).write(to: path)
    return path
  }

  @Test("trust what nobody else can change, by default")
  func defaults() throws {
    let settings = try read("")
    #expect(settings.trust == .owner && settings.pluginKeys.isEmpty)
    let trust = try settings.pluginTrust()
    #expect(trust.policy == .owner && trust.keys.isEmpty && trust.user == geteuid())
  }

  @Test("name a policy", arguments: TrustPolicy.allCases)
  func policy(_ policy: TrustPolicy) throws {
    #expect(try read("plugin-trust: \(policy.rawValue)\n").trust == policy)
    #expect(try read(nil, ["DUIKOUD_PLUGIN_TRUST": policy.rawValue]).trust == policy)
    #expect(try read(nil, [:], ["plugin-trust": [policy.rawValue]]).trust == policy)
  }

  @Test("name keys, in the file, the environment and on the command line")
  func keys() throws {
    let (a, b) = (try key("a"), try key("b"))
    for settings in [
      try read("plugin-trust: signed\nplugin-keys: [office:\(a), 'branch:\(b)']\n"),
      try read("plugin-trust: signed\nplugin-keys:\n- office:\(a)\n- branch:\(b)\n"),
      try read(
        "plugin-trust: signed\n", ["DUIKOUD_PLUGIN_KEYS": "office:\(a),branch:\(b)"]),
      try read(
        "plugin-trust: signed\n", [:], ["plugin-keys": ["office:\(a)", "branch:\(b)"]]),
    ] {
      let trust = try settings.pluginTrust()
      #expect(trust.policy == .signed && trust.keys.map(\.name) == ["office", "branch"])
      #expect(trust.keys[0].fingerprint == (try TrustedKey(a).fingerprint))
      #expect(trust.keys[1].fingerprint == (try TrustedKey(b).fingerprint))
    }
    // Where no file must be signed, they tell who has.
    #expect(try read("plugin-keys: [office:\(a)]\n").pluginTrust().keys.count == 1)
  }

  @Test(
    "that are wrong are refused with their place and what was expected",
    arguments: [
      ("plugin-trust: everybody\n", ["line 1", "plugin-trust", "any, owner, signed"]),
      ("plugin-trust: [any, owner]\n", ["plugin-trust", "one of"]),
      ("plugin-trust: ''\n", ["plugin-trust", "one of"]),
      ("data: /d\nplugin-keys: [/a.pub]\n", ["line 2", "plugin-keys", "NAME:FILE"]),
      ("plugin-keys: ['a:']\n", ["NAME:FILE"]), ("plugin-keys: [':/a.pub']\n", ["NAME:FILE"]),
      ("plugin-keys: ['/a:/b.pub']\n", ["NAME:FILE"]), ("plugin-keys: ['']\n", ["NAME:FILE"]),
      ("plugin-keys: [a: /a.pub]\n", ["line 1", "NAME:FILE"]),
      ("plugin-keys: ['a:/a.pub', 'a:/b.pub']\n", ["plugin-keys", "NAME:FILE"]),
    ])
  func refusals(_ yaml: String, _ words: [String]) throws {
    let error = #expect(throws: DuikouError.self) { try read(yaml) }
    #expect(error?.code == .invalidArgument)
    for word in words { #expect(error?.message.contains(word) == true, "\(error?.message ?? "")") }
  }

  private func expect(
    _ settings: Settings, _ words: [String], _ place: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: DuikouError.self, sourceLocation: place) {
      try settings.pluginTrust()
    }
    #expect(error?.code == .failedPrecondition, sourceLocation: place)
    for word in words {
      #expect(
        error?.message.contains(word) == true, "\(error?.message ?? "")", sourceLocation: place)
    }
  }

  @Test("that need a key say so, and where")
  func keyless() throws {
    let words = ["signed needs keys", "plugin-keys", "duikou plugin keygen"]
    expect(
      try read("data: /d\nplugin-trust: signed\n"),
      ["\(folder.path)/duikoud.yaml, line 2: plugin-trust: "] + words)
    expect(
      try read(nil, ["DUIKOUD_PLUGIN_TRUST": "signed"]),
      ["DUIKOUD_PLUGIN_TRUST: plugin-trust: "] + words)
    expect(try read(nil, [:], ["plugin-trust": ["signed"]]), ["--plugin-trust: signed"] + words)
    expect(try read("plugin-trust: signed\nplugin-keys: []\n"), words)
  }

  @Test("name the key that cannot be read, and the line")
  func unreadable() throws {
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let text = try folder.write("text", "key".utf8)
    let secret = "\(folder.path)/office.key"
    try SigningKey().write(to: secret)
    let good = try key("a")
    for (path, word) in [
      ("/none.pub", "is not there"), (folder.path, "not a regular file"),
      (pipe, "not a regular file"), (text, "no public Ed25519 key"),
      (secret, "is a private key"),
    ] {
      for policy in TrustPolicy.allCases {
        expect(
          try read("plugin-trust: \(policy)\nplugin-keys: [a:\(good), office:\(path)]\n"),
          ["\(folder.path)/duikoud.yaml, line 2: plugin-keys: ", path, word])
      }
    }
    expect(
      try read(nil, ["DUIKOUD_PLUGIN_KEYS": "a:/none.pub"]),
      ["DUIKOUD_PLUGIN_KEYS: plugin-keys: ", "/none.pub"])
  }
}
