/// The map's meridians, parallels and bar of kilometres.
struct MapGrid {
  let projection: MapProjection
  let words: Words

  /// Degrees between two lines, from which the map takes the first that gives few enough.
  private static let steps = [0.2, 0.5, 1, 2, 5, 10, 20, 30]
  /// Kilometres of the bar, of which the map takes the longest that is short enough.
  private static let lengths = [10, 20, 50, 100, 200, 500, 1000, 2000]
  private static let kilometresPerDegree = 111.2

  var markup: Markup {
    let step = Self.steps.first { spacing(of: $0) >= 80 } ?? 30
    let meridians = multiples(of: step, in: projection.longitudes).map(meridian)
    let parallels = multiples(of: step, in: projection.latitudes).map(parallel)
    return """
      <g class="grid">\(meridians.joined(by: ""))\(parallels.joined(by: ""))</g>\(bar)\n
      """
  }

  private func spacing(of degrees: Double) -> Double {
    projection.scale * degrees
  }

  private func multiples(of step: Double, in range: ClosedRange<Double>) -> [Double] {
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step).rounded(.down)
    return first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
  }

  private func meridian(_ degrees: Double) -> Markup {
    let x = projection.x(ofLongitude: degrees)
    return """
      <path d="M\(x, decimals: 1) 0V\(projection.height, decimals: 1)"/>\
      <text x="\(x + 3, decimals: 1)" y="11">\(label(degrees, "E", "W"))</text>
      """
  }

  private func parallel(_ degrees: Double) -> Markup {
    let y = projection.y(ofLatitude: degrees)
    let text: Markup = """
      <text x="4" y="\(y - 3, decimals: 1)">\(label(degrees, "N", "S"))</text>
      """
    return """
      <path d="M0 \(y, decimals: 1)H\(projection.width, decimals: 1)"/>\
      \(y > 26 ? text : Markup())
      """
  }

  private func label(_ degrees: Double, _ positive: String, _ negative: String) -> Markup {
    let isWhole = degrees == degrees.rounded()
    return """
      \(degrees.magnitude, decimals: isWhole ? 0 : 1)°\
      \(degrees == 0 ? "" : degrees > 0 ? positive : negative)
      """
  }

  private var bar: Markup {
    let perKilometre = projection.scale / Self.kilometresPerDegree
    let length = Self.lengths.last { Double($0) * perKilometre <= 100 } ?? 10
    let (end, y) = (projection.width - 14, projection.height - 12)
    let start = end - Double(length) * perKilometre
    return """
      <g class="bar">\
      <path d="M\(start, decimals: 1) \(y - 4, decimals: 1)v4H\(end, decimals: 1)v-4"/>\
      <text x="\((start + end) / 2, decimals: 1)" y="\(y - 5, decimals: 1)">\
      \(words["map.kilometres", length])</text></g>
      """
  }
}
