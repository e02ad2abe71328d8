import DuikouPlugin

#plugin(
  Html(), id: "org.duikou.html", version: "0.1.0",
  summary: "Documents and their records as a page to read and to print.")
