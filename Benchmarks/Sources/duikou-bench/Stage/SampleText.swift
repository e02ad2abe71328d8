import CBenchWork

/// The text that is analysed: 10 KiB of Chinese, written for this.
enum SampleText {
  private static let sentences = """
    敖汉旗旅游局与顺义区旅游委在赤峰市签订旅游扶贫协作框架协议，组织首都市民赴草原旅游。\
    双方商定共同编制环京津冀千里草原大道沿线的自驾线路，并为沿线旗县培训乡村旅游带头人。\
    察右后旗火山草原与房山区结为友好景区，三年内互送游客，门票减免由两地财政分担。
    """

  /// UTF-8 of exactly `BENCH_TEXT_SIZE` bytes: characters of three, and a line feed.
  static let bytes: [UInt8] = {
    let size = Int(BENCH_TEXT_SIZE)
    let pattern = Array(sentences.utf8)
    precondition(pattern.count % 3 == 0, "all characters have three bytes")
    var bytes = (0..<size - size % 3).map { pattern[$0 % pattern.count] }
    bytes += repeatElement(UInt8(ascii: "\n"), count: size % 3)
    return bytes
  }()
}
