import DuikouPlugin

#plugin(
  Dates(), Figures(), id: "org.duikou.quantities", version: "0.1.0",
  summary: "Dates and figures, with what the words around them say.")
