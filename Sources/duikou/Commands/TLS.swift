import ArgumentParser
import DuikouModel
import DuikouTerminal
import Foundation

/// Certificates for a daemon that other machines reach, and for its clients.
struct TLS: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tls",
    abstract: "Make certificates for a daemon and its clients: a small authority of one's own.",
    discussion: """
      The authority is a folder. Keep it where only you can read it: whoever has its ca.key can make \
      clients. A client needs its own two files and ca.pem.

      EXAMPLES
        duikou tls init /etc/duikou/tls --name duikou.example.org --name 10.0.0.5
        duikou tls issue /etc/duikou/tls yanqing
        duikou --host duikou.example.org:7070 --ca ca.pem \\
          --certificate yanqing.pem --key yanqing.key plugin list
      """, subcommands: [Init.self, Issue.self])

  /// The names under which this machine is reached by itself, and perhaps by others.
  fileprivate static var ownNames: [String] {
    let own = ProcessInfo.processInfo.hostName
    return ["localhost", "127.0.0.1", "::1"] + (own == "localhost" || own.isEmpty ? [] : [own])
  }

  /// Makes an authority.
  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make an authority, and a certificate for the daemon.")

    @Argument(
      help: ArgumentHelp("Where to make it.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(
      help: ArgumentHelp(
        "A host name or address under which clients reach the daemon; may be given more than once. "
          + "By default localhost, 127.0.0.1, ::1 and this machine's name.", valueName: "host"))
    var name: [String] = []

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func run() throws {
      do throws(DuikouError) {
        let names = name.isEmpty ? TLS.ownNames : name
        try CertificateAuthority.check(names: names)
        try CertificateAuthority(makingIn: folder).issueServer(names: names)
        let path = URL(filePath: folder).path
        Terminal.standardError.write(
          lang.pick(
            """
            已建立：ca.pem（发给客户端）、ca.key（保密）、server.pem 和 server.key，适用于 \
            \(names.joined(separator: "、"))。
            给每个客户端签发证书：duikou tls issue \(folder) 名称
            duikoud.yaml 中的设置：

            """,
            """
            Made ca.pem (for clients), ca.key (keep it secret), server.pem and server.key, for \
            \(names.joined(separator: ", ")).
            Issue a certificate for each client: duikou tls issue \(folder) NAME
            Settings for duikoud.yaml:

            """))
        Terminal.standardOutput.write(
          """
          listen: 0.0.0.0:7070
          tls-certificate: \(path)/server.pem
          tls-key: \(path)/server.key
          tls-client-authority: \(path)/ca.pem
          client-certificates: []  # NAME:reader, NAME:analyst or NAME:operator

          """)
      } catch {
        throw Failure.report(error)
      }
    }
  }

  /// Issues a certificate.
  struct Issue: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Issue a certificate for a client, or another one for the daemon.",
      discussion: """
        What a client may do stands in the daemon's client-certificates, under its name; taken off that \
        list, it is locked out from the daemon's next start on. Certificates hold for 825 days.

        EXAMPLES
          duikou tls issue /etc/duikou/tls yanqing
          duikou tls issue /etc/duikou/tls --server --name duikou.example.org
        """)

    @Argument(help: ArgumentHelp("The authority.", valueName: "folder"), completion: .directory)
    var folder: String

    @Argument(help: ArgumentHelp("The client's name.", valueName: "client"))
    var client: String?

    @Flag(help: "Issue server.pem and server.key; move those before away first.")
    var server = false

    @Option(
      help: ArgumentHelp(
        "With --server, a host name or address as for init; may be given more than once.",
        valueName: "host"))
    var name: [String] = []

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func validate() throws {
      if server == (client != nil) {
        throw ValidationError("Name a client, or give --server.")
      }
      if !server, !name.isEmpty { throw ValidationError("--name goes with --server.") }
    }

    func run() throws {
      do throws(DuikouError) {
        let authority = try CertificateAuthority(openedIn: folder)
        guard let client else {
          try authority.issueServer(names: name.isEmpty ? TLS.ownNames : name)
          Terminal.standardError.write(
            lang.pick(
              "已签发 \(folder)/server.pem 和 server.key；重新启动 duikoud 后生效\n",
              "Issued \(folder)/server.pem and server.key; start duikoud again to use them\n"))
          return
        }
        try authority.issueClient(name: client)
        Terminal.standardError.write(
          lang.pick(
            "已签发 \(folder)/\(client).pem 和 \(client).key；请在 client-certificates 中加入 \(client):角色\n",
            "Issued \(folder)/\(client).pem and \(client).key; add \(client):ROLE to client-certificates\n"
          ))
      } catch {
        throw Failure.report(error)
      }
    }
  }
}
