import DuikouPlugin

#plugin(
  Ledgers.self, configuration: LedgersSettings.self, id: "org.duikou.ledgers", version: "0.1.0",
  summary: "Rows of ledgers as projects, figures and commitments.")
