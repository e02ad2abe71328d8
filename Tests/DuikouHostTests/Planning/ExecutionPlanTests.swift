import DuikouModel
import Testing

@testable import DuikouHost

@Suite("The order of extractors")
struct ExecutionPlanTests {
  /// A step by name, with types as letters: lower case is read, `!` requires it, upper case is written,
  /// `+x` both.
  private static func step(_ text: String) -> ExecutionPlan.Step {
    let words = text.split(separator: " ").map(String.init)
    let uses = words.dropFirst().map { word -> MethodDescription.Use in
      let letter = word.last ?? "?"
      let type = UInt32(letter.lowercased().utf8.first ?? 0)
      return .init(
        type: type, rowSize: 32, isRequired: word.hasPrefix("!"),
        reads: letter.isLowercase, writes: letter.isUppercase || word.hasPrefix("+"))
    }
    return .init(name: words[0], uses: uses)
  }

  private static func plan(_ steps: [String]) -> (plan: ExecutionPlan, waves: [[String]]) {
    let steps = steps.map(step)
    let plan = ExecutionPlan(steps, given: [0x64], schema: Schema())
    return (plan, plan.waves.map { $0.map { steps[$0].name } })
  }

  @Test("puts those that only read text into the first wave")
  func independent() {
    #expect(Self.plan(["a !d A", "b !d B", "c C"]).waves == [["a", "b", "c"]])
  }

  @Test("lets a reader wait for its writers")
  func chain() {
    #expect(Self.plan(["c !b C", "b !a B", "a A"]).waves == [["a"], ["b"], ["c"]])
    #expect(Self.plan(["d b c D", "b a B", "c a C", "a A"]).waves == [["a"], ["b", "c"], ["d"]])
  }

  @Test("lets many add to one table without waiting for each other")
  func accumulating() {
    let waves = Self.plan([
      "people !a +m X", "agencies !p +m A", "places +m P", "reader m R",
    ]).waves
    #expect(waves == [["places"], ["agencies"], ["people"], ["reader"]])
    #expect(Self.plan(["x !a +m X", "a !b +m A", "b +m B"]).waves == [["b"], ["a"], ["x"]])
  }

  @Test("leaves out what nobody can feed, and what would have read from it")
  func unsatisfied() {
    let (plan, waves) = Self.plan(["a !z A", "b !a B", "c a C"])
    #expect(waves == [["c"]])
    #expect(plan.skipped.map(\.step).sorted() == [0, 1])
    #expect(plan.skipped.allSatisfy { $0.reason.code == .failedPrecondition })
    #expect(plan.skipped[0].reason.message.contains("a is not run"))
    #expect(plan.skipped[0].reason.message.contains("0x7a"))
  }

  @Test("takes what the host gives as given")
  func given() {
    #expect(Self.plan(["a !d A"]).waves == [["a"]])
  }

  @Test("names those that wait in a circle, and runs the others")
  func circle() {
    let (plan, waves) = Self.plan(["a b A", "b a B", "c C"])
    #expect(waves == [["c"]])
    #expect(plan.skipped.map(\.step) == [0, 1])
    #expect(plan.skipped[0].reason.message.contains("a, b"))
  }

  @Test("of as many as a plugin may have is found")
  func many() {
    // Each reads what all before it write.
    let steps = (0..<64).map { (step: Int) -> ExecutionPlan.Step in
      let uses = (0..<64).map { (type: Int) -> MethodDescription.Use in
        let isRead = type < step
        return .init(
          type: UInt32(type + 1), rowSize: 32, isRequired: isRead, reads: isRead, writes: !isRead)
      }
      return .init(name: "\(step)", uses: uses)
    }
    let plan = ExecutionPlan(steps, given: [], schema: Schema())
    #expect(plan.skipped.isEmpty)
    let inARow: [[Int]] = (0..<64).map { step in [step] }
    #expect(plan.waves == inARow)
  }

  @Test("of nothing is nothing")
  func empty() {
    #expect(Self.plan([]).waves.isEmpty)
  }
}
