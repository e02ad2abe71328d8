import DuikouModel

/// What has become of one file in a plugin folder, told to those who watch.
public struct PluginChange: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// It is there, and was there before whoever watches came.
    case present
    /// It is used from now on.
    case loaded
    /// It is used from now on instead of the generation before.
    case replaced
    /// It is not used any more, or not yet: its state says why.
    case unused
    /// Its file is gone.
    case removed
  }

  public var kind: Kind
  /// The file as it is now, or as it was at last.
  public var listing: PluginListing

  public init(_ kind: Kind, _ listing: PluginListing) {
    self.kind = kind
    self.listing = listing
  }

  /// What is different between two moments, by path.
  public static func changes(
    from old: [PluginListing], to new: [PluginListing]
  ) -> [PluginChange] {
    let before = Dictionary(old.map { ($0.path, $0) }) { first, _ in first }
    let after = Set(new.map(\.path))
    let generations = Dictionary(
      old.filter { $0.state == .active }.map { ($0.id ?? "", $0.generation) }
    ) { first, _ in first }
    let gone = old.filter { !after.contains($0.path) }.map { PluginChange(.removed, $0) }
    return gone
      + new.compactMap { listing in
        guard before[listing.path]?.isSame(as: listing) != true else { return nil }
        guard listing.state == .active else { return PluginChange(.unused, listing) }
        let known = generations[listing.id ?? ""]
        guard known != listing.generation else {
          // The generation goes on; whether its newer contents are refused is news all the same.
          return PluginChange(listing.replacement == nil ? .loaded : .unused, listing)
        }
        return PluginChange(known == nil ? .loaded : .replaced, listing)
      }
  }
}
