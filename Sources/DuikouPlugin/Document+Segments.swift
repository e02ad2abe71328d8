extension Document {
  /// The parts that are not to be read, where another plugin has marked them: repeats of the
  /// headline, and a page's widgets. The method declares to read `dk_segment`.
  public var unreadable: [Range<Int>] {
    segments { $0 == DK_HEADLINE_REPEAT || $0 == DK_WIDGET }
  }

  /// Leaves out what stands in a repeated headline, as long as anything stands elsewhere: a
  /// headline says again what the text says.
  ///
  /// `mentions` are those of one entity, `range` is where one stands in the document's text.
  public func preferringText<Mention>(
    _ mentions: [Mention], at range: (Mention) -> Range<Int>
  ) -> [Mention] {
    guard let headline = segments(where: { $0 == DK_HEADLINE }).first else { return mentions }
    let others = mentions.filter { !headline.overlaps(range($0)) }
    return others.isEmpty ? mentions : others
  }

  private func segments(where isWanted: (Int) -> Bool) -> [Range<Int>] {
    rows(dk_segment.self).compactMap { segment in
      isWanted(Int(segment.row.kind)) ? range(of: segment.row.row) : nil
    }
  }
}
