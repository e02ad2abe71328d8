import DuikouPlugin

#plugin(
  Regions(), Organisations(), Brands(), Projects(), id: "org.duikou.names", version: "0.1.0",
  summary: "Regions, organisations, brands, routes and projects, by their names.")
