import DuikouPlugin

/// Where a document's places lie: a dot for each with its name, in an equirectangular projection.
struct PlaceMap {
  /// Of more places than that, those of the highest levels are drawn.
  private static let most = 300

  private let view: DocumentView
  private let points: [MapPoint]
  private let projection: MapProjection
  /// How many places have no position or are too many.
  private let others: Int

  /// Nil where no place has a position.
  init?(_ view: DocumentView) {
    let places = view.records.places.indices(in: view.document)
    let located = places.compactMap { MapPoint($0, in: view) }
    points = Array(located.sorted { $0.comes(before: $1) }.prefix(Self.most))
    guard let projection = MapProjection(points) else { return nil }
    self.projection = projection
    self.view = view
    others = places.count - points.count
  }

  func write() throws {
    try view.page.write(
      """
      <figure class="map">
      <svg viewBox="0 0 \(projection.width, decimals: 0) \(projection.height, decimals: 0)" \
      role="img" aria-labelledby="d\(view.number)-map">
      <title id="d\(view.number)-map">\(view.words["map.title", points.count])</title>\n
      """)
    try view.page.write(MapGrid(projection: projection, words: view.words).markup)
    try writePoints()
    try view.page.write("</svg>\n<figcaption>\(view.words["map.caption"])")
    if others > 0 { try view.page.write(" \(view.words["map.others", others])") }
    try view.page.write("</figcaption>\n</figure>\n")
  }

  private func writePoints() throws {
    let dots = points.map { MapDot(point: $0, at: projection.position(of: $0)) }
    let labels = MapLabels(dots, within: projection)
    for dot in dots {
      try view.page.write(
        """
        <circle class="l\(dot.point.level)" cx="\(dot.x, decimals: 1)" cy="\(dot.y, decimals: 1)" \
        r="\(dot.radius, decimals: 1)" data-record="\(dot.point.record)">\
        <title>\(dot.point.name)</title></circle>\n
        """)
    }
    for label in labels.placed { try view.page.write(label.markup) }
  }
}
