import DuikouAPI
import DuikouModel
import Foundation
import Logging
import TestSupport
import Testing

@testable import DuikouServer

@Suite("The daemon's settings")
struct SettingsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ yaml: String? = nil, _ environment: [String: String] = [:], _ flags: [String: [String]] = [:]
  ) throws -> Settings {
    let file = try yaml.map { try folder.write("duikoud.yaml", $0.utf8) }
    return try Settings.read(file: file, environment: environment, flags: flags)
  }

  @Test("are all read from the file")
  func file() throws {
    let settings = try read(
      """
      # A daemon of an office.
      data: /srv/duikou
      socket: /run/duikou.sock
      listen: 127.0.0.1:7070
      plugins: [/usr/lib/duikou, /srv/plugins]
      log-level: debug
      log-format: json
      max-document-mib: 64
      call-timeout: 5
      drain: 0
      """)
    #expect(settings.data == "/srv/duikou")
    #expect(settings.socketPath == "/run/duikou.sock")
    #expect(settings.listen == .tcp(host: "127.0.0.1", port: 7070))
    #expect(settings.pluginFolders == ["/usr/lib/duikou", "/srv/plugins"])
    #expect(settings.logLevel == .debug && settings.logFormat == .json)
    #expect(settings.limits.documentBytes == 64 << 20)
    #expect(settings.limits.callTimeout == .seconds(5) && settings.drain == .zero)
  }

  @Test("have defaults in the folder of whoever runs the daemon")
  func defaults() throws {
    #expect(try read(nil, ["HOME": "/home/li"]).data == "/home/li/.local/share/duikou")
    #expect(try read(nil, ["XDG_DATA_HOME": "/x"]).data == "/x/duikou")
    let settings = try read(nil, ["STATE_DIRECTORY": "/var/lib/duikou", "HOME": "/root"])
    #expect(settings.data == "/var/lib/duikou")
    #expect(settings.socketPath == "/var/lib/duikou/duikou.sock")
    #expect(settings.pluginFolders == ["/var/lib/duikou/plugins"])
  }

  @Test("count most on the command line, then in the environment, then in the file")
  func layers() throws {
    let yaml = "data: /file\ndrain: 1\ncall-timeout: 1\n"
    let environment = [
      "DUIKOUD_DRAIN": "2", "DUIKOUD_CALL_TIMEOUT": "2", "DUIKOUD_PLUGINS": "/a:/b",
    ]
    let settings = try read(yaml, environment, ["call-timeout": ["3"]])
    #expect(settings.data == "/file" && settings.drain == .seconds(2))
    #expect(settings.limits.callTimeout == .seconds(3))
    #expect(settings.plugins == ["/a", "/b"])
  }

  @Test("may be an empty file")
  func empty() throws {
    #expect(try read("", ["HOME": "/h"]).drain == .seconds(30))
    #expect(try read("# nothing\n", ["HOME": "/h"]).drain == .seconds(30))
  }

  @Test(
    "that are wrong are refused with their place and what was expected",
    arguments: [
      ("data: /a\ndrain: soon\n", ["line 2", "drain", "seconds from 0 to 3600"]),
      ("drain: 4000\n", ["line 1", "from 0 to 3600"]),
      ("pluginz: /a\n", ["line 1", "no setting pluginz", "plugins"]),
      ("listen: unix:/a\n", ["listen", "127.0.0.1"]),
      ("client-certificates: [a]\n", ["client-certificates", "NAME:ROLE"]),
      ("client-certificates: ['a:reader', 'a:analyst']\n", ["client-certificates"]),
      ("log-level: loud\n", ["log-level", "debug"]),
      ("data: [a, b]\n", ["data", "a folder"]), ("data: ''\n", ["data"]),
      ("data: {a: b}\n", ["data"]), ("- a\n", ["data: FOLDER"]), ("a: [\n", ["not YAML"]),
    ])
  func refusals(_ yaml: String, _ words: [String]) throws {
    let error = #expect(throws: DuikouError.self) { try read(yaml) }
    #expect(error?.code == .invalidArgument)
    for word in words { #expect(error?.message.contains(word) == true, "\(error?.message ?? "")") }
  }

  @Test("in a file that is not there are told")
  func missing() {
    let error = #expect(throws: DuikouError.self) {
      try Settings.read(file: "/nonexistent.yaml", environment: [:], flags: [:])
    }
    #expect(error?.code == .notFound)
  }

  @Test(
    "know the loopback from other addresses",
    arguments: [
      ("127.0.0.1:1", true), ("127.8.9.1:1", true), ("[::1]:1", true), ("localhost:1", true),
      ("unix:/a", true), ("0.0.0.0:1", false), ("127.0.0.1.example.org:1", false),
      ("[::]:1", false), ("10.0.0.1:1", false),
    ])
  func loopback(_ text: String, _ isLoopback: Bool) throws {
    #expect(try DaemonAddress(text).isLoopback == isLoopback)
  }

  @Test("tell where the daemon listens")
  func endpoints() throws {
    let group = try #require(getgrgid(getgid()))
    let settings = try read(
      """
      data: /d
      shared-socket: /run/shared.sock
      shared-socket-group: \(String(cString: group.pointee.gr_name))
      listen: 127.0.0.1:7070
      """)
    let endpoints = try settings.endpoints()
    #expect(
      endpoints.map(\.address.description) == [
        "unix:/d/duikou.sock", "unix:/run/shared.sock", "127.0.0.1:7070",
      ])
    guard case .sharedSocket(_, getgid()) = endpoints[1], case .loopback = endpoints[2] else {
      Issue.record("the socket is not the group's, or the port no port of the loopback")
      return
    }
  }

  @Test(
    "that do not go together are refused with what to do",
    arguments: [
      ("listen: 0.0.0.0:80\n", ["TLS", "tls-certificate", "duikou tls init"]),
      ("listen: example.org:80\n", ["TLS"]),
      ("listen: 0.0.0.0:80\ntls-key: a\n", ["tls-certificate and tls-key"]),
      ("listen: 127.0.0.1:80\ntls-client-authority: a\n", ["tls-certificate and tls-key"]),
      (
        "listen: 0.0.0.0:80\ntls-key: a\ntls-certificate: b\n",
        ["who may call", "tls-client-authority", "tokens"]
      ),
      (
        "listen: 0.0.0.0:80\ntls-key: a\ntls-certificate: /none.pem\ntls-client-authority: c\n",
        ["/none.pem", "cannot be read"]
      ),
      ("client-certificates: ['a:reader']\n", ["tls-client-authority"]),
      ("tls-certificate: a\ntls-key: b\n", ["listen"]),
      ("shared-socket: /a\n", ["shared-socket-group"]),
      ("shared-socket-group: root\n", ["shared-socket"]),
      ("shared-socket: /a\nshared-socket-group: no-such-group\n", ["no-such-group", "groupadd"]),
    ])
  func contradictions(_ yaml: String, _ words: [String]) throws {
    let settings = try read(yaml, ["HOME": "/h"])
    let error = #expect(throws: DuikouError.self) { try settings.endpoints() }
    #expect(error?.code == .failedPrecondition)
    for word in words { #expect(error?.message.contains(word) == true, "\(error?.message ?? "")") }
  }
}
