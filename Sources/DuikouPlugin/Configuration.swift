/// What the operator has set of a plugin's configuration, by the properties of its row: a number or a
/// string, and nil where it is not set.
///
/// Lent to the initialisers of the plugin's methods: keep what it says, but not itself.
@dynamicMemberLookup
public struct Configuration<Settings: ConfigurationRow> {
  private let image: Image?
  private let row: Settings?

  init(_ image: UnsafePointer<dk_image>?) {
    self.image = image.map { Image(lent: $0) }
    row = self.image?.rows(Settings.self).first
  }

  /// A text, or nil.
  public subscript(dynamicMember path: KeyPath<Settings, dk_str>) -> String? {
    row.flatMap { image?.string($0[keyPath: path]) }
  }

  /// Bytes, or nil: of a property whose field is declared with `isBytes`.
  public func bytes(_ path: KeyPath<Settings, dk_str>) -> [UInt8]? {
    row.flatMap { image?.text(of: $0[keyPath: path]) }?.withUTF8 { Array($0) }
  }

  /// A number, or nil; nil too for a property without a field.
  public subscript<Number: FieldValue & Numeric>(
    dynamicMember path: KeyPath<Settings, Number>
  ) -> Number? {
    guard let row, let field = field(of: path), row.states(Int(field.number))
    else { return nil }
    return row[keyPath: path]
  }

  /// The key of a property in the operator's section, to say what is wrong with its value; nil for one without a
  /// field.
  public func key(of path: PartialKeyPath<Settings>) -> String? { field(of: path)?.name }

  private func field(of path: PartialKeyPath<Settings>) -> RowDefinition.Field? {
    let offset = MemoryLayout<Settings>.offset(of: path)
    return Settings.definition.fields.first { $0.offset == offset }
  }
}
