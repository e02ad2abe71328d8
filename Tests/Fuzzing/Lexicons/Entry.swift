/// Damages a lexicon's file, with a checksum that fits the damage, and finds surfaces by what is still taken.
///
/// The input is a text of surfaces, a NUL, and the damage: two bytes of place and one of value, again and again.
@_cdecl("LLVMFuzzerTestOneInput")
public func readLexicon(_ bytes: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let input = UnsafeBufferPointer(start: bytes, count: size)
  let end = input.firstIndex(of: 0) ?? size
  let lines = input[..<end].split(separator: 0x0a).prefix(64)
  let surfaces = lines.map { String(decoding: $0, as: UTF8.self) }
  var image = Lexicon(surfaces.enumerated().map { ($1, UInt32($0)) }).bytes
  let damage = input[min(end + 1, size)...]
  var at = damage.startIndex
  while at + 3 <= damage.endIndex {
    let place = (Int(damage[at]) | Int(damage[at + 1]) << 8) % image.count
    image[place] = damage[at + 2]
    at += 3
  }
  image.withUnsafeMutableBytes { buffer in
    let header = LexiconHeader(trusted: UnsafeRawBufferPointer(buffer))
    header.write(to: buffer)
  }
  guard let lexicon = try? Lexicon(validating: image) else { return 0 }
  let text = SourceText(input)
  for mode in [LexiconMode.leftmostLongest, .all] {
    lexicon.forEachMatch(in: text, mode: mode) { match in
      precondition(match.start >= 0 && match.start < match.end && match.end <= size)
    }
  }
  _ = lexicon.longestMatch(in: text, at: 0)
  return 0
}
