import DuikouPlugin

#plugin(
  Names.self, configuration: TaggerSettings.self, id: "org.duikou.tagger", version: "0.1.0",
  summary: "People, organisations and scenic spots that no rule finds.",
  types: [ScenicSpot.definition])
