import ArgumentParser
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
        what is signed with it. Both are PEM, as OpenSSL reads it; neither is written over another.
        """)

    @Argument(help: "Whose key it is: letters, digits, and - _ . between them.") var name: String

    @Option(
      help: ArgumentHelp("Where to put the files.", valueName: "folder"), completion: .directory)
    var folder = "."

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    /// A name that can stand in file names, the environment and YAML as it is.
    func validate() throws {
      let isPlain = name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_.".contains(Character($0))
      }
      guard isPlain, let first = name.first, !"-.".contains(first) else {
        throw ValidationError(
          "The name is also that of the files: take letters, digits, and - _ . between them.")
      }
    }

    func run() throws {
      do throws(DuikouError) {
        let key = SigningKey()
        let path = "\(URL(filePath: folder).standardizedFileURL.path)/\(name)"
        let trusted = key.trusted(as: name)
        try key.write(to: "\(path).key")
        do throws(DuikouError) {
          try trusted.write(to: "\(path).pub")
        } catch {
          unlink("\(path).key")
          throw error
        }
        Terminal.standardError.write(
          lang.pick(
            "已生成 \(name).key（保密）和 \(name).pub，指纹 \(trusted.fingerprint)。\n"
              + "duikoud.yaml 中的设置：\n",
            "Made \(name).key (keep it secret) and \(name).pub, fingerprint \(trusted.fingerprint).\n"
              + "Settings for duikoud.yaml:\n"))
        Terminal.standardOutput.write(
          "plugin-trust: signed\nplugin-keys: [\(Self.yaml("\(name):\(path).pub"))]\n")
      } catch {
        throw Failure.report(error)
      }
    }

    /// A word of a YAML list, in quotes where it needs them.
    private static func yaml(_ word: String) -> String {
      let plain = word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_./:".contains(Character($0))
      }
      return plain ? word : "'\(word.replacing("'", with: "''"))'"
    }
  }
}
