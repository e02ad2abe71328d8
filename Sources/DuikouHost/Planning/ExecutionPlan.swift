import DuikouModel

/// The order in which extractors run: waves, each of which needs only what the waves before it
/// have written.
///
/// A method waits for every other method that writes a table it reads, except where it appends
/// to that table itself: then it takes the table as it stands, so that many may
/// add to `duikou.mention` without waiting for each other in a circle.
public struct ExecutionPlan: Sendable {
  /// What a plan is made from: one method's reads and writes.
  public struct Step: Sendable, Hashable {
    /// The plugin's id and the method's name.
    public var name: String
    public var uses: [MethodDescription.Use]

    public init(name: String, uses: [MethodDescription.Use]) {
      self.name = name
      self.uses = uses
    }

    func reads(_ type: UInt32) -> Bool {
      uses.contains { $0.type == type && $0.reads && !$0.writes }
    }

    var written: [UInt32] { uses.filter(\.writes).map(\.type) }
  }

  /// A step that cannot run, and why.
  public struct Skipped: Sendable {
    public var step: Int
    public var reason: DuikouError
  }

  /// Indices of steps, wave by wave.
  public private(set) var waves: [[Int]] = []
  public private(set) var skipped: [Skipped] = []

  /// Orders steps. `given` are the types that the host itself provides.
  public init(_ steps: [Step], given: Set<UInt32>, schema: Schema) {
    var open = Set(steps.indices)
    skipUnsatisfied(&open, steps, given: given, schema: schema)
    while !open.isEmpty {
      let ready = open.filter { step in
        !open.contains { $0 != step && Self.mustPrecede(steps[$0], steps[step]) }
      }
      guard !ready.isEmpty else {
        let names = open.sorted().map { steps[$0].name }.joined(separator: ", ")
        for step in open.sorted() {
          skipped.append(
            Skipped(
              step: step,
              reason: DuikouError(
                .failedPrecondition,
                "\(steps[step].name) is not run: \(names) wait for each other's tables in a circle"
              )))
        }
        return
      }
      waves.append(ready.sorted())
      open.subtract(ready)
    }
  }

  private static func mustPrecede(_ step: Step, _ other: Step) -> Bool {
    step.written.contains { other.reads($0) }
  }

  /// Takes out steps that need a table which nothing left would write, until none is left.
  private mutating func skipUnsatisfied(
    _ open: inout Set<Int>, _ steps: [Step], given: Set<UInt32>, schema: Schema
  ) {
    var changed = true
    while changed {
      changed = false
      for step in open.sorted() {
        let missing = steps[step].uses.first { use in
          use.isRequired && !given.contains(use.type)
            && !open.contains { $0 != step && steps[$0].written.contains(use.type) }
        }
        guard let missing else { continue }
        let type = schema[missing.type]?.name ?? "0x" + String(missing.type, radix: 16)
        skipped.append(
          Skipped(
            step: step,
            reason: DuikouError(
              .failedPrecondition,
              "\(steps[step].name) is not run: it reads \(type), which no other plugin writes; "
                + "add one that does")))
        open.remove(step)
        changed = true
      }
    }
  }
}
