import DuikouModel

/// A document as it is kept, without its bytes.
public struct StoredDocument: Sendable, Hashable {
  /// Its place in the order of arrival, from 1; 0 until it is kept.
  public internal(set) var number: Int64 = 0
  /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
  public var id: String
  /// Where it came from: a file name or an address.
  public var uri: String
  public var title: String
  /// Bytes.
  public var size: Int
  /// When it was published; nil where nobody has said.
  public var published: CivilDate?
  /// When it was put, in milliseconds since 1970-01-01T00:00:00Z.
  public var addedMilliseconds: Int64
  /// Whether an analysis of it is kept.
  public var isAnalyzed: Bool

  public init(
    id: String, uri: String, title: String, size: Int, published: CivilDate? = nil,
    addedMilliseconds: Int64, isAnalyzed: Bool = false
  ) {
    self.id = id
    self.uri = uri
    self.title = title
    self.size = size
    self.published = published
    self.addedMilliseconds = addedMilliseconds
    self.isAnalyzed = isAnalyzed
  }
}
