import DuikouPlugin

#plugin(
  Regions.self, Organisations.self, Brands.self, Projects.self,
  configuration: NamesSettings.self, id: "org.duikou.names", version: "0.1.0",
  summary: "Regions, organisations, brands, routes and projects, by their names.")
