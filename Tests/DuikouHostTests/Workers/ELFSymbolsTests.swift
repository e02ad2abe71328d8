import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("The functions of a library")
struct ELFSymbolsTests {
  private let folder: TemporaryFolder
  private let file: Data
  /// Where `run` lies, as nm tells.
  private let start: UInt64

  init() throws {
    folder = try TemporaryFolder()
    let path = try CompiledPlugin.compile(CompiledPlugin.source(), in: folder)
    file = try Data(contentsOf: URL(fileURLWithPath: path))
    let lines = try Program.check("/usr/bin/env", ["nm", path]).split(separator: "\n")
    let line = try #require(lines.first { $0.hasSuffix(" t run") })
    start = try #require(UInt64(line.prefix { $0 != " " }, radix: 16))
  }

  @Test("are found by their place")
  func names() {
    let symbols = ELFSymbols(file)
    #expect(symbols.name(at: start) == "run")
    #expect(symbols.name(at: start + 2) == "run+2")
    #expect(symbols.name(at: 0) == nil)
    #expect(symbols.name(at: .max) == nil)
  }

  @Test("are none in a file that is damaged, whatever it holds")
  func damaged() {
    #expect(ELFSymbols(Data()).name(at: start) == nil)
    var seed: UInt64 = 7
    func random(_ limit: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % limit
    }
    for _ in 0..<300 {
      var bytes = file
      for _ in 0..<20 { bytes[random(bytes.count)] = UInt8(random(256)) }
      _ = ELFSymbols(bytes.prefix(random(bytes.count))).name(at: start)
      _ = ELFSymbols(bytes).name(at: UInt64(random(1 << 20)))
    }
  }
}
