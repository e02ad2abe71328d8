import DuikouPlugin

#plugin(
  People.self, configuration: PeopleSettings.self, id: "org.duikou.people", version: "0.1.0",
  summary: "People with their titles and agencies.")
