import ArgumentParser
import Crypto
import DuikouHost
import DuikouModel
import DuikouTerminal
import Foundation

extension Plugin {
  /// Makes a key.
  struct Keygen: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a key to sign plugins with.",
      discussion: """
        NAME.key is the key: keep it where only you can read it. NAME.pub is what daemons need, which trust \
        what is signed with it. Both are PEM, as OpenSSL reads it.
        """)

    @Argument(help: "Whose key it is.") var name: String

    @Option(
      help: ArgumentHelp("Where to put the files.", valueName: "folder"), completion: .directory)
    var folder = "."

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func validate() throws {
      guard !name.isEmpty, !name.contains("/"), !name.contains(":"), !name.hasPrefix(".") else {
        throw ValidationError("The name is also that of the files: leave out / and :.")
      }
    }

    func run() throws {
      do throws(DuikouError) {
        let key = SigningKey()
        let path = "\(URL(filePath: folder).path)/\(name)"
        try key.write(to: "\(path).key")
        let trusted = key.trusted(as: name)
        guard
          FileManager.default.createFile(atPath: "\(path).pub", contents: Data(trusted.pem.utf8))
        else { throw DuikouError(.unavailable, "\(path).pub cannot be written") }
        Terminal.standardError.write(
          lang.pick(
            "已生成 \(name).key（保密）和 \(name).pub，指纹 \(trusted.fingerprint)。\n"
              + "duikoud.yaml 中的设置：\n",
            "Made \(name).key (keep it secret) and \(name).pub, fingerprint \(trusted.fingerprint).\n"
              + "Settings for duikoud.yaml:\n"))
        Terminal.standardOutput.write(
          "plugin-trust: signed\nplugin-keys: [\(name):\(path).pub]\n")
      } catch {
        throw Failure.report(error)
      }
    }
  }

  /// Signs files.
  struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sign plugins: FILE.so.sig says that FILE.so comes from the key's owner.")

    @Option(
      help: ArgumentHelp("The key.", valueName: "name.key"), completion: .file(extensions: ["key"]))
    var key: String

    @Argument(
      help: ArgumentHelp("Plugin files.", valueName: "file.so"),
      completion: .file(extensions: ["so"]))
    var files: [String]

    @Option(help: "How to show what was signed: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func run() throws {
      do throws(DuikouError) {
        let key = try SigningKey(file: key)
        var rows: [SignatureRow] = []
        for file in files {
          let sha256 = try hash(of: file)
          let signature = try key.sign(sha256: sha256)
          let path = PluginSignature.path(of: file)
          do {
            try Data(signature.text.utf8).write(to: URL(filePath: path), options: .atomic)
          } catch {
            throw DuikouError(.unavailable, "\(path) cannot be written", cause: error)
          }
          rows.append(SignatureRow(file: file, key: signature.key, sha256: sha256))
        }
        SignatureRow.show(rows, format, lang)
      } catch {
        throw Failure.report(error)
      }
    }
  }

  /// Verifies files.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check that plugins are signed with one of these keys, and unchanged since.")

    @Option(
      help: ArgumentHelp(
        "A key that is trusted; may be given more than once.", valueName: "name.pub"),
      completion: .file(extensions: ["pub"]))
    var key: [String]

    @Argument(
      help: ArgumentHelp("Plugin files.", valueName: "file.so"),
      completion: .file(extensions: ["so"]))
    var files: [String]

    @Option(help: "How to show what is right: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func run() throws {
      do throws(DuikouError) {
        var keys: [TrustedKey] = []
        for text in key { keys.append(try TrustedKey(text)) }
        let trust = PluginTrust(policy: .signed, keys: keys)
        var rows: [SignatureRow] = []
        for file in files {
          let sha256 = try hash(of: file)
          do throws(DuikouError) {
            rows.append(
              SignatureRow(
                file: file, key: try trust.signer(of: file, sha256: sha256), sha256: sha256))
          } catch {
            throw DuikouError(error.code, "\(file): \(error.message)")
          }
        }
        SignatureRow.show(rows, format, lang)
      } catch {
        throw Failure.report(error)
      }
    }
  }
}

/// One file that is signed.
private struct SignatureRow {
  var file: String
  /// The key's name or fingerprint.
  var key: String
  var sha256: String

  static func show(_ rows: [SignatureRow], _ format: OutputFormat, _ language: Language) {
    let terminal = Terminal.standardOutput
    guard format == .table else {
      terminal.write(JSONOutput.signatures(rows.map { ($0.file, $0.key, $0.sha256) }))
      return
    }
    var table = TextTable([
      .init(language.pick("文件", "File"), isFlexible: true), .init(language.pick("密钥", "Key")),
      .init("SHA-256"),
    ])
    for row in rows { table.add([row.file, row.key, row.sha256]) }
    terminal.write(table.rendered(for: terminal))
  }
}

private func hash(of file: String) throws(DuikouError) -> String {
  do throws(DuikouError) {
    return try PluginBytes(reading: file).sha256
  } catch {
    throw DuikouError(error.code, "\(file): \(error.message)")
  }
}
