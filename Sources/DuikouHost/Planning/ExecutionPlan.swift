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
  }

  /// What a step does to tables.
  private struct Tables {
    /// That it waits for: those that it reads and does not append to.
    var read: Set<UInt32>
    var written: Set<UInt32>

    init(_ step: Step) {
      written = Set(step.uses.filter(\.writes).map(\.type))
      read = Set(step.uses.filter(\.reads).map(\.type)).subtracting(written)
    }
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
    let tables = steps.map(Tables.init)
    skipUnsatisfied(&open, steps, tables, given: given, schema: schema)
    while !open.isEmpty {
      let writers = Self.writers(among: open, tables)
      let ready = open.filter { step in tables[step].read.allSatisfy { writers[$0] == nil } }
      guard !ready.isEmpty else {
        let names = Self.list(open.sorted().map { steps[$0].name })
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

  private static func list(_ names: [String]) -> String {
    let first = names.prefix(10).joined(separator: ", ")
    return names.count > 10 ? "\(first) and \(names.count - 10) others" : first
  }

  /// How many steps write each table.
  private static func writers(among steps: Set<Int>, _ tables: [Tables]) -> [UInt32: Int] {
    steps.reduce(into: [:]) { writers, step in
      for type in tables[step].written { writers[type, default: 0] += 1 }
    }
  }

  /// Takes out steps that need a table which nothing left would write, until none is left.
  private mutating func skipUnsatisfied(
    _ open: inout Set<Int>, _ steps: [Step], _ tables: [Tables], given: Set<UInt32>,
    schema: Schema
  ) {
    var writers = Self.writers(among: open, tables)
    var changed = true
    while changed {
      changed = false
      for step in open.sorted() {
        let missing = steps[step].uses.first { use in
          let others = (writers[use.type] ?? 0) - (tables[step].written.contains(use.type) ? 1 : 0)
          return use.isRequired && !given.contains(use.type) && others == 0
        }
        guard let missing else { continue }
        for type in tables[step].written { writers[type, default: 0] -= 1 }
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
