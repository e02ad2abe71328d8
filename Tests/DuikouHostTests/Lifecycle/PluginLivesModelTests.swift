import DuikouModel
import Testing

@testable import DuikouHost

@Suite("All that can happen to plugin files", .serialized)
struct PluginLivesModelTests {
  struct Exploration: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var choice: PluginWorld.Choice
    /// So many there are: fewer were not all.
    var states: Int
  }

  @Test(
    "leaves calls on one generation, methods on live ones, and refused files alone",
    arguments: [
      Exploration(
        testDescription: "one file, its contents, and two calls",
        choice: .init(paths: ["a"], contents: PluginWorld.Content.allCases, calls: 2),
        states: 2857),
      Exploration(
        testDescription: "one file, its contents, the operator, and a call",
        choice: .init(
          paths: ["a"], contents: [.absent, .first, .broken], operates: true, calls: 1),
        states: 2886),
      Exploration(
        testDescription: "two files, their contents, and new names",
        choice: .init(paths: ["a", "b"], contents: [.absent, .first, .second], renames: true),
        states: 4728),
    ])
  func explore(_ exploration: Exploration) async {
    var seen: [String: [PluginWorld.Step]] = [:]
    let start = PluginWorld()
    seen[start.key] = []
    var frontier = [start]
    while !frontier.isEmpty {
      var next: [PluginWorld] = []
      for world in frontier {
        // Others have calls with deadlines.
        await Task.yield()
        for step in world.steps(exploration.choice) {
          var after = world
          after.take(step)
          let path = (seen[world.key] ?? []) + [step]
          guard after.violations.isEmpty else {
            Issue.record("\(after.violations[0]), by: \(path)")
            return
          }
          let key = after.key
          guard seen[key] == nil else { continue }
          seen[key] = path
          next.append(after)
        }
      }
      frontier = next
    }
    #expect(seen.count == exploration.states)
  }
}
