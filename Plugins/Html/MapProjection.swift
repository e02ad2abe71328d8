import Glibc

/// From degrees to the map's units: equirectangular, true to scale at the middle latitude.
struct MapProjection {
  let width = 480.0
  let height: Double
  /// Units of a degree of latitude.
  let scale: Double
  private let narrowing: Double
  private let west: Double
  private let north: Double

  private static let margin = (x: 56.0, y: 34.0)
  private static let heights = 200.0...420.0
  /// At least so many degrees are shown, so that one place has something around it.
  private static let leastExtent = 0.8

  /// Nil without points.
  init?(_ points: [MapPoint]) {
    guard let first = points.first else { return nil }
    let longitudes = points.reduce(first.longitude...first.longitude) { $0.including($1.longitude) }
    let latitudes = points.reduce(first.latitude...first.latitude) { $0.including($1.latitude) }
    narrowing = cos(latitudes.middle * .pi / 180)
    let x = max(longitudes.extent * narrowing, Self.leastExtent)
    let y = max(latitudes.extent, Self.leastExtent)
    let room = (x: width - 2 * Self.margin.x, y: Self.heights.upperBound - 2 * Self.margin.y)
    scale = min(room.x / x, room.y / y)
    height = max(y * scale + 2 * Self.margin.y, Self.heights.lowerBound)
    west = longitudes.middle - width / 2 / (scale * narrowing)
    north = latitudes.middle + height / 2 / scale
  }

  func x(ofLongitude degrees: Double) -> Double { (degrees - west) * narrowing * scale }

  func y(ofLatitude degrees: Double) -> Double { (north - degrees) * scale }

  func position(of point: MapPoint) -> (x: Double, y: Double) {
    (x(ofLongitude: point.longitude), y(ofLatitude: point.latitude))
  }

  /// The longitudes that the map shows.
  var longitudes: ClosedRange<Double> { west...west + width / (scale * narrowing) }

  /// The latitudes that the map shows.
  var latitudes: ClosedRange<Double> { north - height / scale...north }
}

extension ClosedRange<Double> {
  fileprivate var extent: Double { upperBound - lowerBound }
  fileprivate var middle: Double { (lowerBound + upperBound) / 2 }

  fileprivate func including(_ value: Double) -> ClosedRange {
    Swift.min(lowerBound, value)...Swift.max(upperBound, value)
  }
}
