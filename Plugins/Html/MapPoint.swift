import DuikouPlugin

/// A place that has a position.
struct MapPoint {
  let longitude: Double
  let latitude: Double
  /// DK_LEVEL_PROVINCE and so on; a county where it is not stated.
  let level: Int
  /// The full name.
  let name: String
  /// The id of the place's record.
  let record: Markup
  private let index: Int

  /// Nil for a place without a position, or with one that lies on no map.
  init?(_ index: Int, in view: DocumentView) {
    let place = view.records.places.rows[index]
    guard place.states(5), place.states(6), place.lon.magnitude <= 180,
      place.lat.magnitude <= 85
    else { return nil }
    longitude = place.lon
    latitude = place.lat
    level =
      place.level == 0
      ? DK_LEVEL_COUNTY : min(Int(place.level), DK_LEVEL_TOWNSHIP)
    name = String((view.records.image.string(place.name) ?? "").prefix(16))
    record = view.recordID(view.records.places.rows.reference(index), .place)
    self.index = index
  }

  /// Whether this place is named on the map rather than another.
  func comes(before other: MapPoint) -> Bool {
    (level, index) < (other.level, other.index)
  }
}
