import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("Keys that sign plugins")
struct KeyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
    let path = try folder.write(name, text.utf8)
    chmod(path, mode)
    return path
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("are read as OpenSSL writes them, and known by their fingerprint")
  func sample() throws {
    let key = try SigningKey(file: try write("office.key", SignedSample.privatePEM))
    let trusted = try TrustedKey(
      name: "office", file: try write("office.pub", SignedSample.publicPEM, mode: 0o644))
    #expect(trusted.fingerprint == SignedSample.fingerprint)
    #expect(trusted.pem == SignedSample.publicPEM)
    #expect(key.trusted(as: "x").pem == SignedSample.publicPEM)
    let signature = try #require(PluginSignature(SignedSample.text))
    #expect(try signature.verify(sha256: SignedSample.sha256, keys: [trusted]) == "office")
    try key.write(to: "\(folder.path)/again.key")
    #expect(
      try String(contentsOfFile: "\(folder.path)/again.key", encoding: .utf8)
        == SignedSample.privatePEM)
  }

  @Test("are written for their owner alone, and never over a file")
  func written() throws {
    let key = SigningKey()
    let (secret, known) = ("\(folder.path)/a.key", "\(folder.path)/a.pub")
    try key.write(to: secret)
    try key.trusted(as: "a").write(to: known)
    #expect(try mode(secret) == 0o600)
    #expect(try TrustedKey(known).fingerprint == key.trusted(as: "").fingerprint)
    let signed = try SigningKey(file: secret).sign(sha256: SignedSample.sha256)
    #expect(
      try signed.verify(sha256: SignedSample.sha256, keys: [key.trusted(as: "a")]) == "a")

    let before = FileManager.default.contents(atPath: secret)
    symlink("\(folder.path)/nowhere", "\(folder.path)/link")
    for path in [secret, known, "\(folder.path)/link", folder.path] {
      for write in [SigningKey().write, SigningKey().trusted(as: "b").write] {
        let error = #expect(throws: DuikouError.self) { try write(path) }
        #expect(error?.code == .alreadyExists, "\(path)")
      }
    }
    #expect(FileManager.default.contents(atPath: secret) == before)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/nowhere"))
    let error = #expect(throws: DuikouError.self) {
      try key.write(to: "\(folder.path)/none/a.key")
    }
    #expect(error?.code == .unavailable)
  }

  @Test(
    "that others may read are refused",
    arguments: [mode_t(0o640), 0o604, 0o644, 0o660, 0o610])
  func open(_ mode: mode_t) throws {
    let path = try write("a.key", SignedSample.privatePEM, mode: mode)
    let error = #expect(throws: DuikouError.self) { try SigningKey(file: path) }
    #expect(error?.code == .permissionDenied)
    #expect(error?.message.hasSuffix("`chmod 600 \(path)`") == true)
  }

  @Test("that are none are refused with a sentence, without waiting for them")
  func refused() throws {
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let long = SignedSample.publicPEM.replacing(
      "MCowBQYDK2VwAyEAGb9E", with: "MCowBQYDK2VwAyEAGb9EAAAA")
    let cases: [(path: String, code: StatusCode, words: [String])] = [
      ("\(folder.path)/none", .notFound, ["is not there", "duikou plugin keygen"]),
      (folder.path, .invalidArgument, ["not a regular file"]),
      (pipe, .invalidArgument, ["not a regular file"]),
      ("/dev/zero", .invalidArgument, ["not a regular file"]),
      (try write("empty", ""), .invalidArgument, ["no", "PEM"]),
      (try write("text", "key"), .invalidArgument, ["no", "PEM"]),
      (try write("long", long), .invalidArgument, ["no", "PEM"]),
      (
        try write("huge", String(repeating: "\n", count: 4097)), .invalidArgument,
        ["larger than 4 KiB"]
      ),
    ]
    for (path, code, words) in cases {
      let errors = [
        #expect(throws: DuikouError.self) { try SigningKey(file: path) },
        #expect(throws: DuikouError.self) { try TrustedKey(name: "a", file: path) },
      ]
      for error in errors {
        #expect(error?.code == code, "\(path)")
        for word in words + [path] {
          #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
        }
      }
    }
  }

  @Test("are not taken for each other")
  func mixedUp() throws {
    let secret = try write("a.key", SignedSample.privatePEM)
    let known = try write("a.pub", SignedSample.publicPEM)
    let first = #expect(throws: DuikouError.self) { try TrustedKey(secret) }
    #expect(first?.message == "\(secret) is a private key: take the .pub beside it")
    let second = #expect(throws: DuikouError.self) { try SigningKey(file: known) }
    #expect(second?.message == "\(known) is a public key: take the .key that goes with it")
  }

  @Test("have the name that a setting gives them, or that of their file")
  func names() throws {
    let path = try write("office.pub", SignedSample.publicPEM)
    let odd = try write("a:b.pub", SignedSample.publicPEM)
    for (text, name) in [
      ("sede:\(path)", "sede"), ("上海:\(path)", "上海"), (path, "office"), (odd, "a:b"),
    ] {
      #expect(try TrustedKey(text).name == name)
    }
    for text in ["", ":", "a:", "office:/none.pub"] {
      #expect(throws: DuikouError.self) { try TrustedKey(text) }
    }
  }

  private static let openssl = "/usr/bin/openssl"

  @Test(
    "and signatures pass to and from OpenSSL",
    .enabled(if: FileManager.default.isExecutableFile(atPath: openssl)))
  func openSSL() throws {
    // What it makes is read here,
    let theirs = "\(folder.path)/theirs.key"
    try Program.check(
      Self.openssl, ["genpkey", "-algorithm", "ed25519", "-out", theirs])
    chmod(theirs, 0o600)
    try Program.check(
      Self.openssl, ["pkey", "-in", theirs, "-pubout", "-out", "\(folder.path)/theirs.pub"])
    let key = try SigningKey(file: theirs)
    let trusted = try TrustedKey("\(folder.path)/theirs.pub")
    #expect(key.trusted(as: "").fingerprint == trusted.fingerprint)
    let message = try folder.write("message", PluginSignature.message(SignedSample.sha256))
    let signature = "\(folder.path)/signature"
    try Program.check(
      Self.openssl,
      ["pkeyutl", "-sign", "-rawin", "-inkey", theirs, "-in", message, "-out", signature])
    let signed = PluginSignature(
      key: trusted.fingerprint, sha256: SignedSample.sha256,
      signature: try Data(contentsOf: URL(fileURLWithPath: signature)))
    #expect(try signed.verify(sha256: SignedSample.sha256, keys: [trusted]) == "theirs")

    // and the other way round.
    let ours = SigningKey()
    try ours.write(to: "\(folder.path)/ours.key")
    try ours.trusted(as: "").write(to: "\(folder.path)/ours.pub")
    #expect(
      try Program.check(Self.openssl, ["pkey", "-in", "\(folder.path)/ours.key", "-pubout"])
        == ours.trusted(as: "").pem)
    try folder.write("signature", try ours.sign(sha256: SignedSample.sha256).signature)
    try Program.check(
      Self.openssl,
      [
        "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "\(folder.path)/ours.pub", "-in",
        message, "-sigfile", signature,
      ])
  }
}
