import ArgumentParser
import DuikouHost
import DuikouModel
import Foundation

extension Plugin {
  /// Signs files.
  struct Sign: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sign plugins: FILE.so.sig says that FILE.so comes from the key's owner.",
      discussion: """
        EXIT CODES
          0   all are signed
          1   one is not, or the key cannot be used
        """)

    @Option(
      help: ArgumentHelp("The key.", valueName: "name.key"), completion: .file(extensions: ["key"]))
    var signingKey: String

    @Argument(
      help: ArgumentHelp("Plugin files.", valueName: "file.so"),
      completion: .file(extensions: ["so"]))
    var files: [String]

    @Option(help: "How to show what was signed: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func run() throws {
      var report = SignatureReport(by: .key)
      do throws(DuikouError) {
        let key = try SigningKey(file: signingKey)
        for file in files {
          report.add(file) { (bytes, sha256) throws(DuikouError) in
            guard bytes.data.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else {
              throw DuikouError(
                .invalidArgument, "not a shared library: it does not begin as an ELF file does")
            }
            let signature = try key.sign(sha256: sha256)
            try Self.write(signature, beside: file)
            return signature.key
          }
        }
      } catch {
        throw Failure.report(error)
      }
      try report.show(format, lang)
    }

    private static func write(
      _ signature: PluginSignature, beside file: String
    ) throws(DuikouError) {
      let path = PluginSignature.path(of: file)
      do {
        try Data(signature.text.utf8).write(to: URL(filePath: path), options: .atomic)
      } catch CocoaError.fileWriteNoPermission {
        throw DuikouError(.permissionDenied, "\(path) may not be written by this user")
      } catch {
        throw DuikouError(
          .unavailable, "\(path) cannot be written: check its folder", cause: error)
      }
    }
  }
}
