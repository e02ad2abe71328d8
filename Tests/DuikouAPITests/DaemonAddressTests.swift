import DuikouModel
import Testing

@testable import DuikouAPI

@Suite("A daemon's address")
struct DaemonAddressTests {
  @Test(
    "is read as people write it",
    arguments: [
      ("unix:/run/duikou.sock", DaemonAddress.unix(path: "/run/duikou.sock")),
      ("unix:relative", .unix(path: "relative")), ("unix:///run/d", .unix(path: "/run/d")),
      ("127.0.0.1:7070", .tcp(host: "127.0.0.1", port: 7070)),
      ("[::1]:7070", .tcp(host: "::1", port: 7070)),
      ("localhost:1", .tcp(host: "localhost", port: 1)),
    ])
  func reads(_ text: String, _ address: DaemonAddress) throws {
    #expect(try DaemonAddress(text) == address)
    #expect(try DaemonAddress(address.description) == address)
  }

  @Test(
    "is refused with a sentence",
    arguments: [
      "", "unix:", "localhost", ":70", "a:0", "a:65536", "a:b",
      "unix:/" + String(repeating: "a", count: 107),
    ])
  func refuses(_ text: String) {
    let error = #expect(throws: DuikouError.self) { try DaemonAddress(text) }
    #expect(error?.code == .invalidArgument && error?.message.isEmpty == false)
  }
}
