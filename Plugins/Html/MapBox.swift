/// A part of the map.
struct MapBox {
  let left: Double
  let top: Double
  let right: Double
  let bottom: Double

  func overlaps(_ other: MapBox) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  func contains(_ other: MapBox) -> Bool {
    left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom
  }
}

extension MapBox {
  /// What a dot covers.
  init(around dot: MapDot) {
    self.init(
      left: dot.x - dot.radius, top: dot.y - dot.radius, right: dot.x + dot.radius,
      bottom: dot.y + dot.radius)
  }
}
