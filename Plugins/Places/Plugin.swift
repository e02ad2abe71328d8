import DuikouPlugin

#plugin(
  Places.self, configuration: PlacesSettings.self, id: "org.duikou.places", version: "0.1.0",
  summary: "Administrative divisions with their GB/T 2260 codes.")
