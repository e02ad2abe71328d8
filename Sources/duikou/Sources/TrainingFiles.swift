import DuikouModel
import DuikouTagger
import DuikouText
import Foundation

/// The files that training reads and writes.
enum TrainingFiles {
  /// In how many files a model may lie.
  static let mostParts = 4
  /// Bytes of the longest: a plugin's configuration takes no more in one value.
  private static let longestPart = 1 << 16

  /// Reads a corpus. Errors name the file, and the line where one is wrong.
  static func corpus(_ path: String) throws(DuikouError) -> Corpus {
    let bytes = try read(path, limit: Corpus.largest)
    do throws(CorpusError) {
      return try Corpus(bytes)
    } catch {
      throw DuikouError(.invalidArgument, "\(path), \(error)", cause: error)
    }
  }

  /// Reads words with their classes.
  static func words(_ path: String) throws(DuikouError) -> WordList {
    let table = DataTable(try read(path, limit: 16 << 20))
    let kinds = Set(table.rows.map { $0[1] })
    guard kinds.count <= WordList.mostClasses, !kinds.contains("") else {
      throw DuikouError(
        .invalidArgument,
        "\(path): expects a word, a tab and its class on each line, with at most "
          + "\(WordList.mostClasses) classes")
    }
    return WordList(table)
  }

  /// Writes a model, in as many files as it needs, and returns their paths.
  static func write(_ bytes: [UInt8], to path: String) throws(DuikouError) -> [String] {
    var paths: [String] = []
    do {
      for start in stride(from: 0, to: bytes.count, by: longestPart) {
        let file = paths.isEmpty ? path : "\(path).\(paths.count + 1)"
        let part = bytes[start..<min(start + longestPart, bytes.count)]
        try Data(part).write(to: URL(fileURLWithPath: file), options: .atomic)
        paths.append(file)
      }
      return paths
    } catch {
      throw DuikouError(
        .unavailable, "\(path) cannot be written; does its folder exist, and is there room?",
        cause: error)
    }
  }

  private static func read(_ path: String, limit: Int) throws(DuikouError) -> [UInt8] {
    do {
      let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw DuikouError(.invalidArgument, "\(path) is not a regular file")
      }
      guard attributes[.size] as? Int ?? 0 <= limit else {
        throw DuikouError(
          .resourceExhausted, "\(path) has more than \(limit >> 20) MiB; train on a part of it")
      }
      return Array(try Data(contentsOf: url))
    } catch let error as DuikouError {
      throw error
    } catch CocoaError.fileReadNoPermission {
      throw DuikouError(.permissionDenied, "\(path) may not be read by this user")
    } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
      throw DuikouError(.notFound, "\(path): no such file")
    } catch {
      throw DuikouError(.unavailable, "\(path) cannot be read", cause: error)
    }
  }
}
