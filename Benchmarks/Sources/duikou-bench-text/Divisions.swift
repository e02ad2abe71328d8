import Foundation

/// Names of administrative divisions: from the corpus where it lies beside the checkout, otherwise those
/// that the places plugin ships.
enum Divisions {
  static func names(in repository: URL) throws -> [String] {
    let corpus = repository.appending(path: "../shared/corpus/divisions-all.csv")
    if let table = try? String(contentsOf: corpus, encoding: .utf8) {
      return column(1, of: table, separator: ",")
    }
    let shipped = repository.appending(path: "Plugins/Places/Data/divisions.tsv")
    return column(1, of: try String(contentsOf: shipped, encoding: .utf8), separator: "\t")
  }

  private static func column(_ number: Int, of table: String, separator: Character) -> [String] {
    let lines = table.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.dropFirst()
    let cells = lines.map { $0.split(separator: separator, omittingEmptySubsequences: false) }
    var seen: Set<Substring> = []
    return cells.filter { $0.count > number && $0[number].unicodeScalars.count > 1 }
      .map { $0[number] }.filter { seen.insert($0).inserted }.map(String.init)
  }
}
