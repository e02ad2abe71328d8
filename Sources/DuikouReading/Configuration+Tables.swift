import DuikouPlugin
import DuikouText

extension Configuration {
  /// A table that comes along, with the office's own rows before it, which a property holds; see
  /// `DataTable.preceded`. Throws `invalidArgument`, with the property's name and the line, where they are wrong.
  public func table(
    _ own: KeyPath<Settings, dk_str>, before shipped: [UInt8], kinds: Int? = nil,
    more: [String] = []
  ) throws(DuikouError) -> DataTable {
    do {
      return try DataTable(shipped).preceded(by: bytes(own), kinds: kinds, more: more)
    } catch {
      let line = error.line.map { ", line \($0)" } ?? ""
      throw DuikouError(
        .invalidArgument, "\(key(of: own) ?? "a table")\(line): \(error.problem)", cause: error)
    }
  }
}
