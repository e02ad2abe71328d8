import ArgumentParser
import DuikouHost
import DuikouModel
import DuikouTerminal

/// Plugin files that are signed, by whom, and what is against the others.
struct SignatureReport {
  /// By what those who have signed are told apart.
  enum Column: String {
    /// The fingerprint of a key.
    case key
    /// The name of a trusted key.
    case signer
  }

  struct Row {
    var file: String
    var by: String
    /// In hex.
    var sha256: String
  }

  let column: Column
  private(set) var rows: [Row] = []
  private(set) var errors: [InputError] = []

  init(by column: Column) { self.column = column }

  /// Reads a file; `body` is given its bytes and their hash, and returns by whom it is signed. What is against
  /// it is kept.
  mutating func add(
    _ file: String, _ body: (PluginBytes, String) throws(DuikouError) -> String
  ) {
    do throws(DuikouError) {
      let bytes = try PluginBytes(reading: file)
      let sha256 = bytes.sha256
      rows.append(Row(file: file, by: try body(bytes, sha256), sha256: sha256))
    } catch {
      errors.append(InputError(path: file, error: error))
    }
  }

  /// Throws what ends the program with 1 where something is against a file.
  func show(_ format: OutputFormat, _ language: Language) throws {
    for error in errors { Failure.print(error) }
    let terminal = Terminal.standardOutput
    switch format {
    case .json: terminal.write(JSONOutput.signatures(self))
    case .table where rows.isEmpty: break
    case .table:
      var table = TextTable([
        .init(language.pick("文件", "File"), isFlexible: true),
        .init(column == .key ? language.pick("密钥", "Key") : language.pick("签名者", "Signer")),
        .init("SHA-256"),
      ])
      for row in rows { table.add([row.file, row.by, row.sha256]) }
      terminal.write(table.rendered(for: terminal))
    }
    if !errors.isEmpty { throw ExitCode(1) }
  }
}
