import DuikouPlugin

/// A place's name at some place beside its dot.
struct MapLabel {
  let dot: MapDot
  let box: MapBox

  /// The places a name may take, the best first: right, left, above, below, and the corners.
  static func candidates(for dot: MapDot) -> [MapLabel] {
    let height = dot.fontSize * 1.1
    let width = dot.point.name.unicodeScalars.reduce(0) { width, scalar in
      width + dot.fontSize * (scalar.value < 0x300 ? 0.58 : 1)
    }
    let gap = dot.radius + 3
    let right = dot.x + gap
    let left = dot.x - gap - width
    let centre = dot.x - width / 2
    let (above, middle, below) = (dot.y - gap - height, dot.y - height / 2, dot.y + gap)
    let corners = [
      (right, middle), (left, middle), (centre, above), (centre, below), (right - 2, above + 5),
      (right - 2, below - 5), (left + 2, above + 5), (left + 2, below - 5),
    ]
    return corners.map { x, y in
      MapLabel(dot: dot, box: MapBox(left: x, top: y, right: x + width, bottom: y + height))
    }
  }

  var markup: Markup {
    """
    <text class="name l\(dot.point.level)" x="\(box.left, decimals: 1)" \
    y="\(box.bottom - dot.fontSize * 0.22, decimals: 1)" font-size="\(dot.fontSize, decimals: 1)">\
    \(dot.point.name)</text>\n
    """
  }
}
