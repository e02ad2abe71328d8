import DuikouPlugin

#plugin(
  Agencies(), id: "org.duikou.agencies", version: "0.1.0",
  summary: "Bodies of government and party, by division and name.")
