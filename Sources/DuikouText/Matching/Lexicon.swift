/// A dictionary of surfaces that finds them in a text, each with a number attached.
///
/// A surface is found where its UTF-8 bytes stand. The lexicon is a double array over characters
/// behind a filter of pairs of characters, in one piece of memory: built from entries, or ahead of
/// time into a file and mapped. It never changes; any number of threads may read it.
public struct Lexicon: Sendable {
  /// Keeps what `tables` points to.
  let memory: LexiconMemory
  let tables: LexiconTables

  /// How many surfaces there are.
  public var count: Int { tables.surfaces }

  /// Builds a lexicon. Of a surface that occurs twice the first value counts; an empty surface
  /// is ignored.
  public init(_ entries: [(surface: String, value: UInt32)]) {
    memory = LexiconBuilder(entries).image()
    tables = LexiconTables(memory.bytes, memory.header)
  }

  init(memory: LexiconMemory) throws(LexiconError) {
    self.memory = memory
    tables = try LexiconTables(validating: memory.bytes)
  }
}
