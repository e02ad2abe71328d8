import DuikouPlugin

#plugin(
  Needs.self, Flows.self, configuration: ExchangesSettings.self, id: "org.duikou.exchanges",
  version: "0.1.0",
  summary: "What each side lacks and offers, and the visitors who come.")
