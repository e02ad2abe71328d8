import DuikouPlugin

#plugin(
  Needs(), Flows(), id: "org.duikou.exchanges", version: "0.1.0",
  summary: "What each side lacks and offers, and the visitors who come.")
