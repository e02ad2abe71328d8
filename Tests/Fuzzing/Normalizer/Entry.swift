/// Normalises arbitrary bytes, and maps ranges there and back.
@_cdecl("LLVMFuzzerTestOneInput")
public func normalizeText(_ bytes: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let source = SourceText(UnsafeBufferPointer(start: bytes, count: size))
  let normal = NormalizedText(source)
  normal.withText { text in
    precondition(text.count == normal.count)
    var at = 0
    while at < text.count {
      let end = min(at + text.scalar(at: at).width + 3, text.count)
      let range = normal.sourceRange(of: at..<end)
      precondition(range.lowerBound >= 0 && range.upperBound <= size)
      let back = normal.range(ofSource: range)
      precondition(back.lowerBound >= 0 && back.upperBound <= text.count)
      at = max(end, at + 1)
    }
    // What is normal stays as it is.
    let again = NormalizedText(text, script: .simplified)
    precondition(again.count <= text.count)
  }
  return 0
}
