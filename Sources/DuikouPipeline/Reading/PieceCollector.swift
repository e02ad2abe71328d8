import CDuikou
import DuikouModel

/// Joins the pieces that a reader appends to the text of a document.
struct PieceCollector {
  /// Bytes that the text may have.
  let limit: Int

  /// UTF-8.
  private(set) var text: [UInt8] = []
  /// Without their texts; their evidence counts from the start of the text.
  private(set) var pieces: [(row: dk_piece, part: String)] = []
  /// What the reader says of the document as a whole.
  private(set) var document = dk_document()
  private(set) var title = ""

  /// Bytes of a piece's row and of what else it takes for itself.
  private static let bytesOfPiece = 96

  init(limit: Int) {
    self.limit = limit
  }

  /// Takes what a reader has appended. Throws `resourceExhausted` above the limit.
  mutating func take(_ delta: Delta, over image: Image) throws(DuikouError) {
    try delta.forEachRow(of: dk_piece.self, over: image) { (row, strings) throws(DuikouError) in
      guard let bytes = strings[row.text], !bytes.isEmpty else { return }
      guard text.count + bytes.count <= limit,
        pieces.count < limit / Self.bytesOfPiece
      else {
        throw DuikouError(
          .resourceExhausted,
          "the file holds more than \(limit) bytes of text with their places; split it, or raise the "
            + "limit")
      }
      var piece = row
      piece.text = dk_str()
      piece.part = dk_str()
      piece.row.document = 0
      piece.row.evidence = dk_span(off: UInt32(text.count), len: UInt32(bytes.count))
      pieces.append((piece, strings[row.part].map { String(decoding: $0, as: UTF8.self) } ?? ""))
      text.append(contentsOf: bytes)
    }
    delta.forEachRow(of: dk_document.self, over: image) { row, strings in
      document = row
      title = strings[row.title].map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }

  private static func title(of text: [UInt8], named uri: String, _ media: MediaType) -> String {
    guard media.isTable, let file = uri.split(separator: "/").last else {
      return DocumentSource.title(of: text)
    }
    return DocumentSource.title(of: Array(file.utf8))
  }

  /// Adds the document to an image; `run` is the number of the reader's run, from 1.
  func append(
    to builder: inout ImageBuilder, as source: DocumentSource, of media: MediaType, run: UInt32
  ) {
    var row = dk_document()
    row.text = builder.append(text: text)
    row.uri = builder.intern(source.uri)
    let own = DocumentSource.title(of: self.title.utf8)
    row.title = builder.intern(
      source.title ?? (own.isEmpty ? Self.title(of: text, named: source.uri, media) : own))
    if !source.sha256.isEmpty { row.sha256 = builder.intern(source.sha256) }
    if let published = source.published {
      row.state(published: published)
    } else if document.states(5) {
      row.published = document.published
      row.state(5)
    }
    row.script = document.script
    builder.append(row)
    for (piece, part) in pieces {
      var piece = piece
      if !part.isEmpty { piece.part = builder.intern(part) }
      piece.row.run = run
      builder.append(piece)
    }
  }
}
