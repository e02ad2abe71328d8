import CBench
import DuikouModel

/// The plugin's library in this process, for what is measured in C.
struct BenchLibrary: Sendable {
  nonisolated(unsafe) let pointer: OpaquePointer

  init(path: String) throws {
    let library = SampleText.bytes.withUnsafeBytes {
      bench_library_open(path, $0.baseAddress, UInt32($0.count))
    }
    guard let library else { throw Failure("\(path) cannot be opened") }
    pointer = library
  }
}

/// Why the benchmarks cannot go on.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
