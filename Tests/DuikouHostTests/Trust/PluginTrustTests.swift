import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("Whether a plugin's file is trusted")
struct PluginTrustTests {
  private static let user: UInt32 = 7
  private static let office = SigningKey()
  private static let branch = SigningKey()
  private static let stranger = SigningKey()
  private static let sha256 = SignedSample.sha256
  private static let other = String(repeating: "0", count: 64)

  /// What lies in a signature file.
  enum Signature: Sendable, CaseIterable {
    case none
    case ofOffice
    case ofBranch
    case ofStranger
    /// By a trusted key, but of other bytes.
    case ofOtherBytes
    /// Of other bytes, but it says that it is of these.
    case rewritten
    /// By an unknown key, under the name of a trusted one.
    case pretended
    case empty
    case malformed

    func bytes() throws -> [UInt8]? {
      let tests = PluginTrustTests.self
      func text(_ key: SigningKey, _ sha256: String) throws -> String {
        try key.sign(sha256: sha256).text
      }
      switch self {
      case .none: return nil
      case .ofOffice: return Array(try text(tests.office, tests.sha256).utf8)
      case .ofBranch: return Array(try text(tests.branch, tests.sha256).utf8)
      case .ofStranger: return Array(try text(tests.stranger, tests.other).utf8)
      case .ofOtherBytes: return Array(try text(tests.office, tests.other).utf8)
      case .rewritten:
        let text = try text(tests.office, tests.other)
        return Array(text.replacing(tests.other, with: tests.sha256).utf8)
      case .pretended:
        let text = try text(tests.stranger, tests.sha256)
        return Array(
          text.replacing(
            tests.stranger.trusted(as: "").fingerprint,
            with: tests.office.trusted(as: "").fingerprint
          ).utf8)
      case .empty: return []
      case .malformed: return [0xff, 0xfe]
      }
    }
  }

  /// How the file and what holds it stand.
  enum Place: Sendable, CaseIterable {
    case good
    case openFile
    case openFolder
    case strangersLink

    var file: FileOwnership {
      FileOwnership(path: "/p/a.so", owner: 0, mode: self == .openFile ? 0o666 : 0o644)
    }

    var holders: [FileOwnership] {
      [
        FileOwnership(path: "/p", kind: .folder, owner: PluginTrustTests.user, mode: 0o755),
        FileOwnership(
          path: "/p/a.so", kind: .link, owner: self == .strangersLink ? 3_999_999_999 : 0,
          mode: 0o777),
        FileOwnership(
          path: "/q", kind: .folder, owner: 0, mode: self == .openFolder ? 0o777 : 0o755),
      ]
    }
  }

  private func check(
    _ policy: TrustPolicy, _ place: Place, _ signature: Signature, hasKeys: Bool = true
  ) throws -> String? {
    let keys = [Self.office.trusted(as: "office"), Self.branch.trusted(as: "branch")]
    var trust = PluginTrust(policy: policy, keys: hasKeys ? keys : [])
    trust.user = Self.user
    return try trust.check(
      "/p/a.so", sha256: Self.sha256, file: place.file, holders: place.holders,
      signature: try signature.bytes())
  }

  @Test(
    "is told for a file that must be signed, wherever it lies",
    arguments: [
      (Signature.ofOffice, "office"), (.ofBranch, "branch"),
    ])
  func signed(_ signature: Signature, _ name: String) throws {
    for place in Place.allCases {
      #expect(try check(.signed, place, signature) == name)
    }
  }

  @Test(
    "is told with why not, for a file that must be signed",
    arguments: [
      (
        Signature.none,
        "it is not signed: /p/a.so.sig is missing; sign it with `duikou plugin sign`"
      ),
      (
        .ofStranger,
        "it is signed with the key \(stranger.trusted(as: "").fingerprint), which is not trusted "
          + "here; trusted are: office, branch"
      ),
      (
        .ofOtherBytes,
        "it was changed after office had signed it: get the signed file, or have it signed anew"
      ),
      (
        .rewritten,
        "its signature was not made with the key of office, or was changed since: get the signature "
          + "anew"
      ),
      (
        .pretended,
        "its signature was not made with the key of office, or was changed since: get the signature "
          + "anew"
      ),
      (
        .empty, "its signature file cannot be right: make it anew with `duikou plugin sign`"
      ),
      (
        .malformed, "its signature file cannot be right: make it anew with `duikou plugin sign`"
      ),
    ])
  func unsigned(_ signature: Signature, _ sentence: String) throws {
    for place in Place.allCases {
      let error = #expect(throws: DuikouError.self) { try check(.signed, place, signature) }
      #expect(error?.code == .permissionDenied && error?.message == sentence)
    }
  }

  @Test("is never so without a key, where files must be signed", arguments: Signature.allCases)
  func keyless(_ signature: Signature) throws {
    let error = #expect(throws: DuikouError.self) {
      try check(.signed, .good, signature, hasKeys: false)
    }
    #expect(error?.code == .permissionDenied)
    if signature == .ofOffice {
      #expect(error?.message.hasSuffix("trusted are: none") == true)
    }
  }

  @Test("hangs on owner and mode by default, and on no signature", arguments: Signature.allCases)
  func owner(_ signature: Signature) throws {
    let signer: String? =
      switch signature {
      case .ofOffice: "office"
      case .ofBranch: "branch"
      default: nil
      }
    #expect(try check(.owner, .good, signature) == signer)
    for place in Place.allCases where place != .good {
      let error = #expect(throws: DuikouError.self) { try check(.owner, place, signature) }
      #expect(error?.code == .permissionDenied)
      #expect(try check(.any, place, signature) == signer)
    }
    #expect(try check(.any, .good, signature, hasKeys: false) == nil)
  }

  @Test("names what is wrong with the place")
  func places() throws {
    for (place, word) in [
      (Place.openFile, "chmod go-w /p/a.so"), (.openFolder, "chmod go-w /q"),
      (.strangersLink, "chown -h root /p/a.so"),
    ] {
      let error = #expect(throws: DuikouError.self) { try check(.owner, place, .ofOffice) }
      #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }
  }

  @Test("minds a signature that cannot be read only where files must be signed")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    let plugin = try folder.write("a.so", "plugin".utf8)
    for policy in TrustPolicy.allCases {
      #expect(try PluginTrust(policy: policy).signature(beside: plugin) == nil)
    }
    #expect(mkfifo(PluginSignature.path(of: plugin), 0o600) == 0)
    #expect(try PluginTrust(policy: .any).signature(beside: plugin) == nil)
    #expect(try PluginTrust(policy: .owner).signature(beside: plugin) == nil)
    #expect(throws: DuikouError.self) {
      try PluginTrust(policy: .signed).signature(beside: plugin)
    }
  }

  @Test("can be asked of files that lie here")
  func files() throws {
    let folder = try TemporaryFolder()
    let plugin = try folder.write("a.so", "plugin".utf8)
    try folder.write("a.so.sig", SignedSample.text.utf8)
    let key = try TrustedKey(
      "office:\(try folder.write("office.pub", SignedSample.publicPEM.utf8))")
    let trust = PluginTrust(policy: .signed, keys: [key])
    #expect(
      try trust.signer(of: plugin, sha256: try PluginBytes(reading: plugin).sha256) == "office")
  }
}
