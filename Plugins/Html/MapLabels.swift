import DuikouPlugin

/// Names beside dots, as many as find room.
///
/// Each name in turn takes the first of eight places around its dot where it covers neither a name
/// nor a dot; where there is none, the dot goes without, and tells its name when pointed at.
struct MapLabels {
  private(set) var placed: [MapLabel] = []
  private var taken: [MapBox]
  private let frame: MapBox

  init(_ dots: [MapDot], within projection: MapProjection) {
    frame = MapBox(
      left: 3, top: 14, right: projection.width - 3, bottom: projection.height - 3)
    // The bar of kilometres stands in the corner.
    let bar = MapBox(
      left: projection.width - 120, top: projection.height - 30, right: projection.width,
      bottom: projection.height)
    taken = dots.map { MapBox(around: $0) } + [bar]
    for dot in dots { place(dot) }
  }

  private mutating func place(_ dot: MapDot) {
    guard !dot.point.name.isEmpty else { return }
    for label in MapLabel.candidates(for: dot)
    where frame.contains(label.box) && !taken.contains(where: label.box.overlaps) {
      placed.append(label)
      taken.append(label.box)
      return
    }
  }
}
