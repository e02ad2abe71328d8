import DuikouPlugin

#plugin(
  Events.self, Commitments.self, configuration: EventsSettings.self, id: "org.duikou.events",
  version: "0.1.0",
  summary: "What took place, who took part, and what was promised.")
