import DuikouText
import Foundation

/// The files that all contestants read, made anew for each number of terms, and the contestants.
struct Stage {
  let repository: URL
  /// Where the peers are built; without it only Duikou takes part.
  let peers: URL?
  let files: URL
  let byteCount: Int

  func contestants(terms count: Int) throws -> [any Contestant] {
    let divisions = try Divisions.names(in: repository)
    let terms = Terms(divisions: divisions, count: count).all
    let text = SampleText(divisions: divisions, terms: terms, byteCount: byteCount).bytes
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    try Data(terms.joined(separator: "\n").utf8).write(to: file("terms"))
    try Data(text).write(to: file("text"))
    let start = LexiconContestant.processorTime
    let built = Lexicon(terms.enumerated().map { ($1, UInt32($0)) })
    let seconds = LexiconContestant.processorTime - start
    try built.write(to: file("image").path)
    let image = built.bytes.count
    print("\n\(count) terms: built in \(Int(seconds * 1e3)) ms, image of \(image / 1_024) KiB\n")
    let lexicon = try Lexicon(mapping: file("image").path)
    let own: [any Contestant] = [
      LexiconContestant(name: "Duikou", lexicon: lexicon, text: text, mode: .all),
      LexiconContestant(
        name: "Duikou, leftmost longest", lexicon: lexicon, text: text, mode: .leftmostLongest),
    ]
    return own + (try others())
  }

  private func file(_ name: String) -> URL { files.appending(path: name) }

  private func others() throws -> [any Contestant] {
    guard let peers else { return [] }
    let (terms, text) = (file("terms").path, file("text").path)
    func program(_ name: String) -> String { peers.appending(path: name).path }
    let script = repository.appending(path: "Benchmarks/Peers/matching/search.py").path
    func python(_ tool: String, bytes: Int) -> [String] {
      [program("venv/bin/python"), script, tool, terms, text, String(min(bytes, byteCount))]
    }
    return [
      try PeerContestant("the same in C", command: [program("scan"), file("image").path, text]),
      try PeerContestant(
        "the same in C, leftmost longest",
        command: [program("scan"), file("image").path, text, "longest"]),
      try PeerContestant("Hyperscan", command: [program("hyperscan"), terms, text]),
      try PeerContestant("daachorse", command: python("daachorse", bytes: 8 << 20)),
      try PeerContestant("ahocorasick_rs", command: python("ahocorasick_rs", bytes: 8 << 20)),
      try PeerContestant("pyahocorasick", command: python("pyahocorasick", bytes: 8 << 20)),
      try PeerContestant("rjieba", command: python("rjieba", bytes: 1 << 20)),
      try PeerContestant("jieba", command: python("jieba", bytes: 1 << 18)),
    ]
  }
}
