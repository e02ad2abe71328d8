import DuikouPlugin

/// An entity, named at a place of a document.
public struct EntityMention: Sendable {
  /// Bytes of the text in normal form.
  public let range: Range<Int>
  /// A row of `duikou.place`, `duikou.agency` and so on.
  public let entity: dk_ref
  /// DK_COREFERENT and so on: how it is named.
  public let flags: Int

  public init(range: Range<Int>, entity: dk_ref, flags: Int = 0) {
    self.range = range
    self.entity = entity
    self.flags = flags
  }

  /// Whether the entity is of a type.
  public func isA<R: RowType>(_ type: R.Type) -> Bool { entity.type == R.typeID }
}
