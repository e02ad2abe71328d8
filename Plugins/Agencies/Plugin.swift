import DuikouPlugin

#plugin(
  Agencies.self, configuration: AgenciesSettings.self, id: "org.duikou.agencies", version: "0.1.0",
  summary: "Bodies of government and party, by division and name.")
