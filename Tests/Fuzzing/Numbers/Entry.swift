/// Reads the numbers of arbitrary bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func readNumbers(_ bytes: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let text = SourceText(UnsafeBufferPointer(start: bytes, count: size))
  var last = 0
  for quantity in Quantity.all(in: text) {
    precondition(quantity.range.lowerBound >= last && quantity.range.upperBound <= size)
    precondition(!quantity.range.isEmpty)
    last = quantity.range.upperBound
    _ = quantity.upper?.integer(scale: quantity.value.exponent)
  }
  for at in stride(from: 0, to: size, by: 7) { _ = Quantity.read(in: text, at: at) }
  return 0
}
