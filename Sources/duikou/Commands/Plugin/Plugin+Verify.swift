import ArgumentParser
import DuikouHost
import DuikouModel

extension Plugin {
  /// Verifies files.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check that plugins are signed with one of these keys, and unchanged since.",
      discussion: """
        EXIT CODES
          0   all are
          1   one is not, or a key cannot be used
        """)

    @Option(
      help: ArgumentHelp(
        "A trusted key, named as its file is or by what stands before it; may be given more than once.",
        valueName: "[name:]file.pub"),
      completion: .file(extensions: ["pub"]))
    var trustedKey: [String]

    @Argument(
      help: ArgumentHelp("Plugin files.", valueName: "file.so"),
      completion: .file(extensions: ["so"]))
    var files: [String]

    @Option(help: "How to show what is right: table or json.")
    var format: OutputFormat = .table

    @Option(help: "The language: zh or en.")
    var lang: Language = .preferred

    func run() throws {
      var report = SignatureReport(by: .signer)
      do throws(DuikouError) {
        var keys: [TrustedKey] = []
        for text in trustedKey { keys.append(try TrustedKey(text)) }
        let trust = PluginTrust(policy: .signed, keys: keys)
        for file in files {
          report.add(file) { (_, sha256) throws(DuikouError) in
            try trust.signer(of: file, sha256: sha256)
          }
        }
      } catch {
        throw Failure.report(error)
      }
      try report.show(format, lang)
    }
  }
}
