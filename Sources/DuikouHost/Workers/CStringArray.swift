/// An array of C strings that ends in NULL, as programs are started with.
enum CStringArray {
  static func with<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var starts: [Int] = []
    var bytes: [CChar] = []
    for string in strings {
      starts.append(bytes.count)
      bytes += Array(string.utf8CString)
    }
    return bytes.withUnsafeMutableBufferPointer { buffer in
      let pointers = starts.map { start in buffer.baseAddress.map { $0 + start } } + [nil]
      return pointers.withUnsafeBufferPointer { list in
        guard let base = list.baseAddress else {
          preconditionFailure("an array with NULL is empty")
        }
        return body(base)
      }
    }
  }
}
