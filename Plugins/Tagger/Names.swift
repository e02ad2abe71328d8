import DuikouPlugin
import DuikouTagger
import DuikouText
import TaggerModelData

/// Finds people, organisations and scenic spots by a model, where no rule has found anything: a row for
/// each one of a document, a `duikou.mention` for each time it is named.
struct Names: Extractor, ConfiguredMethod {
  static let summary = "Finds people, organisations and scenic spots that no rule finds."
  // What it reads and does not append to is what it waits for: the rules come first.
  static let uses: [Use] = [
    .readsIfPresent(dk_segment.self), .readsIfPresent(dk_place.self),
    .readsIfPresent(dk_agency.self), .readsIfPresent(dk_position.self),
    .readsIfPresent(dk_agreement.self), .readsAndWrites(dk_mention.self),
    .readsAndWrites(dk_person.self), .readsAndWrites(dk_organisation.self),
    .writes(ScenicSpot.self),
  ]

  /// Names in text are less sure than those in the held-out text of a corpus.
  private static let mostConfidence = 0.75
  private static let usualThreshold = 0.98

  private let tagger: Tagger
  /// By the model's types.
  private let kinds: [NameKind?]
  private let threshold: Double

  init(_ configuration: Configuration<TaggerSettings>) throws {
    let wanted = try Self.kinds(configuration.kinds)
    threshold = configuration.threshold ?? Self.usualThreshold
    guard (0...1).contains(threshold) else {
      throw DuikouError(.outOfRange, "threshold goes from 0 to 1, and is \(threshold)")
    }
    let model = try Self.model(configuration)
    kinds = model.tags.types.map { type in
      NameKind(type: type).flatMap { wanted.contains($0) ? $0 : nil }
    }
    guard kinds.contains(where: { $0 != nil }) else {
      throw DuikouError(
        .invalidArgument,
        "the model finds \(model.tags.types.joined(separator: ", ")), none of which is wanted; "
          + "train one with person, organisation or scenic_spot, or set kinds")
    }
    tagger = Tagger(model)
  }

  func extract(_ document: Document) throws {
    let known = NameTable(document)
    let names = document.text.withUTF8 { bytes in
      find(in: SourceText(bytes), known, unreadable: document.unreadable)
    }
    for name in names { try append(name, to: document) }
  }

  private static func model(_ configuration: Configuration<TaggerSettings>) throws -> TaggerModel {
    let parts = [\TaggerSettings.model, \.model2, \.model3, \.model4].map(configuration.bytes)
    guard parts[0] != nil || parts.allSatisfy({ $0 == nil }) else {
      throw DuikouError(.invalidArgument, "model is missing, but a later part of it is set")
    }
    let bytes = parts[0] == nil ? shippedModel : parts.flatMap { $0 ?? [] }
    do throws(ModelError) {
      return try TaggerModel(bytes)
    } catch {
      let hint = error == .cut ? "; does one of model_2 to model_4 lack?" : ""
      throw DuikouError(.invalidArgument, "model: \(error)\(hint)", cause: error)
    }
  }

  /// The model that comes along.
  private static var shippedModel: [UInt8] {
    Array(UnsafeBufferPointer(start: tagger_model(), count: Int(tagger_model_size())))
  }

  private static func kinds(_ text: String?) throws -> Set<NameKind> {
    let words = text?.split { $0 == " " || $0 == "," } ?? []
    guard !words.isEmpty else { return Set(NameKind.allCases) }
    return Set(
      try words.map { word in
        guard let kind = NameKind(rawValue: String(word)) else {
          let all = NameKind.allCases.map(\.rawValue).joined(separator: ", ")
          throw DuikouError(.invalidArgument, "kinds: \(word) is none of \(all)")
        }
        return kind
      })
  }

  /// The names that no rule has found, in the order of the text.
  private func find(
    in text: SourceText, _ known: NameTable, unreadable: [Range<Int>]
  ) -> [FoundName] {
    let normal = NormalizedText(text)
    let unread = unreadable.map(normal.range(ofSource:))
    var names: [FoundName] = []
    var indices: [String: Int] = [:]
    normal.withText { lines in
      for part in lines.parts(without: unread) {
        let found = tagger.names(in: lines, range: part) { range, type in
          guard let kind = kinds[type] else { return false }
          return !known.covers(normal.sourceRange(of: range), kind)
        }
        for tagged in found where tagged.confidence >= threshold {
          guard let kind = kinds[tagged.type] else { continue }
          let range = normal.sourceRange(of: tagged.range)
          let name = lines.string(tagged.range)
          guard isName(text, range, kind), !known.has(name), !known.has(text.string(range)) else {
            continue
          }
          if let index = indices["\(kind) \(name)"] {
            names[index].ranges.append(range)
            names[index].confidence = max(names[index].confidence, tagged.confidence)
          } else {
            indices["\(kind) \(name)"] = names.count
            names.append(
              FoundName(name: name, kind: kind, ranges: [range], confidence: tagged.confidence))
          }
        }
      }
    }
    return names
  }

  /// Whether a part of the text is as long as such names are, and has no signs within it.
  private func isName(_ text: SourceText, _ range: Range<Int>, _ kind: NameKind) -> Bool {
    var count = 0
    var at = range.lowerBound
    while at < range.upperBound {
      let scalar = text.scalar(at: at)
      let isDot = scalar.value == 0xb7
      let isBracket =
        kind == .organisation && [0xff08, 0xff09, 0x28, 0x29].contains(scalar.value)
      guard !CharacterClass(scalar.value).isBoundary || isDot || isBracket else { return false }
      count += 1
      at += scalar.width
    }
    return kind.lengths.contains(count)
  }

  private func append(_ found: FoundName, to document: Document) throws {
    let ranges = document.preferringText(found.ranges) { $0 }
    guard let first = ranges.first else { return }
    let confidence = found.confidence * Self.mostConfidence
    let name = try document.call.intern(found.name)
    func append(_ row: some Row) throws -> dk_ref {
      try document.append(
        row, evidence: first, confidence: confidence, flags: Int(DK_INFERRED))
    }
    let reference: dk_ref
    switch found.kind {
    case .person:
      var row = dk_person()
      row.name = name
      reference = try append(row)
    case .organisation:
      var row = dk_organisation()
      row.name = name
      row.kind = OrganisationKind.of(found.name) ?? 0
      reference = try append(row)
    case .scenicSpot:
      var row = ScenicSpot()
      row.name = name
      reference = try append(row)
    }
    for range in ranges {
      var row = dk_mention()
      row.entity = reference
      row.kind = UInt32(DK_NAME)
      row.state(2)
      try document.append(
        row, evidence: range, confidence: confidence, flags: Int(DK_INFERRED))
    }
  }
}
