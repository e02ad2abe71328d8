import DuikouPlugin

/// The places of a document, on a map and in a table.
struct PlaceSection {
  let view: DocumentView

  func write() throws {
    let section = RecordSection(
      view: view, kind: .place, heading: "place",
      columns: ["place.name", "place.code", "level", "place.parent"])
    try section.write(before: { try PlaceMap(view)?.write() }) {
      for index in view.records.places.indices(in: view.document) {
        let place = view.records.places.rows[index]
        let reference = view.records.places.rows.reference(index)
        try section.open(reference)
        try section.writeValues([
          view.records.name(of: reference)?.markup ?? DocumentView.absent,
          "<span class=\"code\">\(Int(place.code))</span>", view.level(place.level),
          place.parent == 0 ? DocumentView.absent : view.division(place.parent),
        ])
        try section.writeEvidence(place.row, entity: reference)
        try section.close()
      }
    }
  }
}
