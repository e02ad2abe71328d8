import CBenchWork
import CDuikou
import DuikouModel

/// The images that calls are given.
enum Images {
  /// One document without text.
  static func empty() throws -> Image { try image(of: [[]]) }

  /// One document of 10 KiB.
  static func document() throws -> Image { try image(of: [SampleText.bytes]) }

  /// Many documents of 10 KiB each.
  static func batch(_ count: Int) throws -> Image {
    try image(of: Array(repeating: SampleText.bytes, count: count))
  }

  private static func image(of texts: [[UInt8]]) throws -> Image {
    var builder = ImageBuilder()
    for (index, text) in texts.enumerated() {
      builder.append(document: text, uri: "bench:\(index)", title: "")
    }
    return try builder.build()
  }
}

extension bench_record: @retroactive RowType {
  public static var typeID: UInt32 { BENCH_RECORD_TYPE }
}
