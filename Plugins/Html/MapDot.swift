import DuikouPlugin

/// A place's dot on the map.
struct MapDot {
  let point: MapPoint
  let x: Double
  let y: Double

  init(point: MapPoint, at position: (x: Double, y: Double)) {
    self.point = point
    (x, y) = position
  }

  /// The higher the division, the larger.
  var radius: Double {
    switch point.level {
    case ...DK_LEVEL_PROVINCE: 5
    case DK_LEVEL_PREFECTURE: 3.8
    default: 2.8
    }
  }

  /// The size of its name's letters.
  var fontSize: Double {
    switch point.level {
    case ...DK_LEVEL_PROVINCE: 15
    case DK_LEVEL_PREFECTURE: 13
    default: 11.5
    }
  }
}
