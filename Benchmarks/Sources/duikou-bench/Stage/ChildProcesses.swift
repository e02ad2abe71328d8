import Foundation

/// The processes that this one has started, as /proc tells of them.
enum ChildProcesses {
  /// The process ids of living children of a name.
  static func ids(named name: String) -> [Int32] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { Int32($0) }.filter { isChild($0, named: name) }
  }

  /// Bytes of a process's memory, what it shares counted in part; nil where this may not be read.
  static func proportionalSize(of id: Int32) -> Double? {
    let rollup = ProcFile.text("/proc/\(id)/smaps_rollup")
    let line = rollup?.split(separator: "\n").first { $0.hasPrefix("Pss:") }
    let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
    return kilobytes.map { $0 * 1024 }
  }

  /// `stat` says: id, name in brackets, state, parent.
  private static func isChild(_ id: Int32, named name: String) -> Bool {
    guard let stat = ProcFile.text("/proc/\(id)/stat"),
      let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")")
    else { return false }
    let fields = stat[stat.index(after: close)...].split(separator: " ")
    return stat[stat.index(after: open)..<close] == name && fields.count > 1
      && fields[0] != "Z" && fields[1] == "\(getpid())"
  }
}
