import DuikouPlugin

#plugin(
  Pairings.self, configuration: PairingsSettings.self, id: "org.duikou.pairings", version: "0.1.0",
  summary: "Who helps whom: districts and the counties they are paired with.")
