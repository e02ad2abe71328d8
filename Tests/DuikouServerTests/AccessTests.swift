import DuikouModel
import GRPCCore
import Testing

@testable import DuikouServer

@Suite("Who may call")
struct AccessTests {
  @Test(
    "is decided by the method's role",
    arguments: [
      ("duikou.v1.Documents/ListDocuments", Role.reader),
      ("duikou.v1.Analyses/RenderReport", .reader),
      ("grpc.health.v1.Health/Check", .reader),
      ("duikou.v1.Documents/PutDocument", .analyst),
      ("duikou.v1.Analyses/Analyze", .analyst),
      ("duikou.v1.Plugins/ReleasePlugin", .operatorRole),
      ("duikou.v1.Plugins/OfTheFuture", .operatorRole),
    ])
  func roles(_ name: String, _ role: Role) {
    let parts = name.split(separator: "/").map(String.init)
    let method = MethodDescriptor(fullyQualifiedService: parts[0], method: parts[1])
    #expect(Role.needed(for: method) == role)
  }

  private static let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

  @Test("is known by the hash of a token")
  func token() throws {
    let token = try #require(AccessToken("yanqing:analyst:\(Self.hash)"))
    #expect(token.name == "yanqing" && token.role == .analyst)
    #expect(token.sha256 == AccessToken.hash(of: "test"))
    #expect(token.sha256 != AccessToken.hash(of: "Test"))
  }

  @Test(
    "cannot be written otherwise",
    arguments: [
      "", "a:b", "a:chief:\(hash)", ":reader:\(hash)", "a:reader:12", "a:reader:\(hash)0",
      "a:reader:\(hash.dropLast())g", "a:reader:\(String(repeating: "０", count: 64))",
    ])
  func malformed(_ text: String) {
    #expect(AccessToken(text) == nil)
  }
}

@Suite("What a caller may do")
struct AccessPolicyTests {
  /// The SHA-256 of "test".
  private static let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

  private static let policy = AccessPolicy(
    tokens: [AccessToken("office:analyst:\(hash)")].compactMap { $0 },
    certificates: [CertificateClient("延庆:reader"), CertificateClient("a:b:operator")]
      .compactMap { $0 })

  struct Case: Sendable, CustomTestStringConvertible {
    var origin: CallerOrigin
    var authorization: String?
    var needed = Role.reader
    /// The name, or the code of the refusal.
    var name: String?
    var code: StatusCode?
    var policy = AccessPolicyTests.policy

    var testDescription: String {
      "\(origin), \(authorization ?? "no token"), \(needed): \(name ?? "\(code ?? .ok)")"
    }
  }

  @Test(
    "is told by the socket, the token, the certificate, in this order",
    arguments: [
      Case(origin: .ownSocket, needed: .operatorRole, name: "unix"),
      Case(origin: .ownSocket, authorization: "Bearer x", needed: .operatorRole, name: "unix"),
      Case(origin: .sharedSocket, needed: .analyst, name: "shared socket"),
      Case(origin: .sharedSocket, needed: .operatorRole, code: .permissionDenied),
      Case(origin: .sharedSocket, authorization: "Bearer test", needed: .analyst, name: "office"),
      Case(origin: .loopback, code: .unauthenticated),
      Case(origin: .loopback, authorization: "bearer test", name: "office"),
      Case(origin: .loopback, authorization: "Bearer Test", code: .unauthenticated),
      Case(origin: .loopback, authorization: "Basic test", code: .unauthenticated),
      Case(
        origin: .loopback, authorization: "Bearer test", needed: .operatorRole,
        code: .permissionDenied),
      Case(origin: .loopback, needed: .operatorRole, name: "loopback", policy: AccessPolicy()),
      Case(
        origin: .loopback, authorization: "Bearer x", needed: .operatorRole, name: "loopback",
        policy: AccessPolicy()),
      Case(origin: .tls(certificate: nil), code: .unauthenticated),
      Case(origin: .tls(certificate: nil), code: .unauthenticated, policy: AccessPolicy()),
      Case(origin: .tls(certificate: nil), authorization: "Bearer test", name: "office"),
      Case(origin: .tls(certificate: "延庆"), name: "延庆"),
      Case(origin: .tls(certificate: "延庆"), needed: .analyst, code: .permissionDenied),
      Case(
        origin: .tls(certificate: "延庆"), authorization: "Bearer test", needed: .analyst,
        name: "office"),
      Case(
        origin: .tls(certificate: "延庆"), authorization: "Bearer x", code: .unauthenticated),
      Case(origin: .tls(certificate: "a:b"), needed: .operatorRole, name: "a:b"),
      Case(origin: .tls(certificate: "b"), code: .permissionDenied),
    ])
  func admits(_ entry: Case) {
    do throws(DuikouError) {
      let (name, role) = try entry.policy.admit(
        entry.origin, authorization: entry.authorization, needed: entry.needed)
      #expect(name == entry.name && role >= entry.needed)
    } catch {
      #expect(error.code == entry.code)
    }
  }

  @Test(
    "with a certificate is written NAME:ROLE",
    arguments: ["", "a", ":reader", "a:", "a:chief", "reader"])
  func malformed(_ text: String) {
    #expect(CertificateClient(text) == nil)
  }
}

@Suite("What a client may call at once")
struct ClientLimitsTests {
  private let second: Int64 = 1_000_000_000

  @Test("is counted for each client, and given back")
  func running() {
    var limits = ClientLimits(running: 2)
    #expect(limits.begin("a", now: 0) == .admitted)
    #expect(limits.begin("a", now: 0) == .admitted)
    #expect(limits.begin("a", now: 0) == .tooManyRunning)
    #expect(limits.begin("b", now: 0) == .admitted)
    limits.end("a")
    #expect(limits.begin("a", now: 0) == .admitted)
  }

  @Test("comes back with time, at most a second's worth")
  func rate() {
    var limits = ClientLimits(perSecond: 2)
    #expect(limits.begin("a", now: 0) == .admitted)
    #expect(limits.begin("a", now: 0) == .admitted)
    guard case .tooFast(let wait) = limits.begin("a", now: 0) else {
      Issue.record("a third call was admitted")
      return
    }
    #expect(limits.begin("a", now: wait - 2) != .admitted)
    #expect(limits.begin("a", now: wait + 1) == .admitted)
    for _ in 0..<2 { #expect(limits.begin("a", now: 100 * second) == .admitted) }
    #expect(limits.begin("a", now: 100 * second) != .admitted)
  }

  @Test("is any number where nothing is set")
  func unlimited() {
    var limits = ClientLimits()
    for _ in 0..<1000 { #expect(limits.begin("a", now: 0) == .admitted) }
  }

  @Test("forgets clients that rest when there are many")
  func forgetting() {
    var limits = ClientLimits(running: 1)
    #expect(limits.begin("stays", now: 0) == .admitted)
    for client in 0..<20_000 {
      #expect(limits.begin("\(client)", now: 0) == .admitted)
      limits.end("\(client)")
    }
    #expect(limits.begin("stays", now: 0) == .tooManyRunning)
  }
}
