import DuikouText

/// Who wrote or photographed: names in brackets, with no title.
extension PersonFinder {
  private static let longestByline = 8
  /// What stands before such brackets, and in them behind the names.
  private static let before = ["电", "讯", "消息", "报道"]
  private static let behind = ["摄影报道", "文/图", "图/文", "摄", "文", "图", "报道", "供稿", "整理"]

  /// 北京6月19日电 (田虎), (王静 李强 摄影报道).
  mutating func readBylines(_ part: Part) {
    var at = part.range.lowerBound
    while let sign = text.firstOffset(of: "(", in: at..<part.range.upperBound) {
      at = sign + 1
      let names = bylineNames(
        at: at, isReport: isReport(before: sign) || isLine(from: sign, in: part), in: part)
      for name in names { add(name, confidence: 0.9, positions: []) }
    }
  }

  /// （冯嘉）, alone in a line at the end.
  private func isLine(from sign: Int, in part: Part) -> Bool {
    guard sign > part.range.lowerBound, text.bytes[sign - 1] == 0x0a else { return false }
    let end = text.skippingBrackets(from: sign)
    return end > sign && (end >= part.range.upperBound || text.bytes[end] == 0x0a)
  }

  private func isReport(before offset: Int) -> Bool {
    let end = CharacterClass(text.scalar(before: offset).value) == .blank ? offset - 1 : offset
    return Self.before.contains { text.has($0, before: end) }
  }

  /// The names between brackets of which nothing else stands in them; none where that is no byline.
  private func bylineNames(at offset: Int, isReport: Bool, in part: Part) -> [Range<Int>] {
    var names: [Range<Int>] = []
    var at = offset
    for _ in 0..<Self.longestByline {
      let work = text.width(ofAny: Self.behind, at: at)
      if !names.isEmpty, work > 0, text.has(")", at: at + work) { return names }
      // (田虎、实习生李昕): whoever bears a title has been found.
      if isReport, titleStarts.contains(at) { return names }
      guard let name = name(at: at, in: part), name.certainty == .sign else { return [] }
      names.append(name.range)
      at = name.range.upperBound
      if text.has(")", at: at) { return isReport ? names : [] }
      let mark = text.width(ofAny: ["、"], at: at)
      let start = mark > 0 ? at + mark : text.skippingBlanks(from: at, atMost: 2)
      guard start > at else { return [] }
      at = start
    }
    return []
  }

  /// 斯日古楞 兴安盟文旅局科长: a line of a list, with the name first and a title at its end.
  mutating func readRows(_ part: Part) {
    for title in part.titles where isLineEnd(behind: title, in: part) {
      let limit = max(part.range.lowerBound, title.range.lowerBound - Self.longestRow)
      var start = title.range.lowerBound
      while start > limit, text.bytes[start - 1] != 0x0a { start -= 1 }
      guard start == part.range.lowerBound || start > limit,
        let name = name(at: behindLabel(start), in: part), name.certainty == .sign
      else { continue }
      let end = text.skippingBrackets(from: name.range.upperBound)
      guard text.skippingBlanks(from: end, atMost: 4) > end else { continue }
      let positions = reader.positions(of: title, inRowOf: name.range)
      // 副组长：周立军 市文旅局副局长 has been found behind the label.
      appoint(name.range, to: positions)
    }
  }

  /// 列席：高玉山 旗财政局  徐淑梅 河北镇: names behind a label, up to the end of the line; what else stands between blanks
  /// is passed over.
  mutating func readLabelled(behind title: Title, in part: Part) {
    let colon = text.width(ofAny: [":", "："], at: title.range.upperBound)
    let limit = min(part.range.upperBound, title.range.upperBound + Self.longestRow)
    let hasSign =
      colon > 0 || text.width(ofAny: ["/", "丨"], at: title.range.upperBound - 3) > 0
      || text.has("/", before: title.range.upperBound)
    guard hasSign, isLabelStart(title.range.lowerBound) else { return }
    var at = title.range.upperBound + colon
    while true {
      at = text.skippingBlanks(from: at, atMost: Self.deepest)
      guard at < limit else { return }
      if !titleStarts.contains(at), let name = name(at: at, in: part), name.certainty == .sign {
        add(name.range, confidence: 0.85, positions: [])
        at = text.skippingBrackets(from: name.range.upperBound, longest: Self.longestRow)
      } else {
        at = wordEnd(from: at, limit)
      }
      if text.has("、", at: at) {
        at += 3
      } else if CharacterClass(text.scalar(at: at).value) != .blank {
        return
      }
    }
  }

  /// Behind the word that begins at an offset.
  private func wordEnd(from offset: Int, _ limit: Int) -> Int {
    var at = offset
    while at < limit {
      let scalar = text.scalar(at: at)
      guard CharacterClass(scalar.value) == .han else { break }
      at += scalar.width
    }
    return at
  }

  /// Whether a label begins a line, or stands behind blanks or a bracket.
  private func isLabelStart(_ offset: Int) -> Bool {
    offset == 0 || text.bytes[offset - 1] == 0x0a
      || [.blank, .opening].contains(CharacterClass(text.scalar(before: offset).value))
  }

  /// 团　长：: behind the blanks and the label with which a line may begin.
  private func behindLabel(_ start: Int) -> Int {
    let start = text.skippingBlanks(from: start, atMost: Self.deepest)
    var at = start
    while at - start <= Self.longestLabel {
      let colon = text.width(ofAny: [":", "："], at: at)
      if colon > 0 { return text.skippingBlanks(from: at + colon, atMost: Self.deepest) }
      let scalar = text.scalar(at: at)
      guard [.han, .blank].contains(CharacterClass(scalar.value)) else { break }
      at += scalar.width
    }
    return start
  }

  /// Bytes of a label; blanks before a name.
  private static let longestLabel = 18
  private static let deepest = 8

  /// In bytes.
  private static let longestRow = 240

  /// Whether a title ends its line, but for a remark such as (挂职).
  private func isLineEnd(behind title: Title, in part: Part) -> Bool {
    let offset = text.skippingBrackets(from: title.range.upperBound)
    return offset >= part.range.upperBound || text.bytes[offset] == 0x0a
  }

  /// 王秀琴,曾经的贫困户,高兴地说:“…”: whoever is named at the beginning of a sentence that ends in speech.
  mutating func readSpeakers(_ part: Part) {
    var at = part.range.lowerBound
    while let word = text.firstOffset(of: "说", in: at..<part.range.upperBound) {
      at = word + 3
      let colon = text.width(ofAny: [":", "："], at: at)
      guard colon > 0, text.width(ofAny: ["“", "\""], at: at + colon) > 0 else { continue }
      let limit = max(part.range.lowerBound, word - Self.longestSentence)
      let start = text.sentenceStart(of: word, notBefore: limit)
      guard let name = name(at: start, in: part), name.certainty == .sign,
        name.range.count >= Self.shortestSpeaker, name.range.upperBound < word,
        text.listSeparator(at: name.range.upperBound)?.kind == .comma
      else { continue }
      add(name.range, confidence: 0.8, positions: [])
    }
  }

  /// In bytes.
  private static let longestSentence = 300
  private static let shortestSpeaker = 9
}
