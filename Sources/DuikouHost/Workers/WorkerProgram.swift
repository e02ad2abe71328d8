import DuikouModel
import Foundation

/// The program that workers run, and how it is started on this machine.
public struct WorkerProgram: Sendable {
  let path: String
  /// Folders of libraries that plugins may need besides the system's: those of Swift's runtime.
  let libraries: [String]
  /// Protections without which a worker refuses to start, by their names.
  var required: [String] = []

  /// Finds the program beside the running one, or where it is installed.
  ///
  /// Throws `notFound` with the places that were looked at.
  public static func find() throws(DuikouError) -> WorkerProgram {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let folder = (program as NSString).deletingLastPathComponent
    let places = [
      "\(folder)/duikou-worker",
      "\((folder as NSString).deletingLastPathComponent)/libexec/duikou/duikou-worker",
    ]
    guard let path = places.first(where: FileManager.default.isExecutableFile) else {
      throw DuikouError(
        .notFound,
        "the program duikou-worker is missing; looked for \(places.joined(separator: " and ")). "
          + "Install it beside this one")
    }
    return WorkerProgram(path: path, libraries: runtimeFolders())
  }

  /// The arguments of one worker.
  func arguments(serial: UInt32) -> [String] {
    var arguments = [path]
    if getuid() == 0 { arguments.append("--uid=\(Self.userID(serial))") }
    arguments += libraries.map { "--library=\($0)" }
    if !required.isEmpty { arguments.append("--require=\(required.joined(separator: ","))") }
    return arguments
  }

  /// All that a worker's environment holds.
  var environment: [String] {
    ["LANG=C.UTF-8", "SWIFT_BACKTRACE=enable=no"]
      + (libraries.isEmpty ? [] : ["LD_LIBRARY_PATH=\(libraries.joined(separator: ":"))"])
  }

  /// A user of its own for each worker, so that limits by user hold for each; where the machine
  /// has no such users, as in a container, nobody's.
  private static func userID(_ serial: UInt32) -> UInt32 {
    let map = ProcFile.text("/proc/self/uid_map")
    let sizes = map.split(separator: "\n").compactMap { line in
      line.split(separator: " ").last.flatMap { UInt64($0) }
    }
    return (sizes.max() ?? 0) > 0x4000_0000 ? 0x3000_0000 + serial % 0x100_0000 : 65534
  }

  /// Where Swift's runtime lies, as far as this program runs with it.
  private static func runtimeFolders() -> [String] {
    let maps = ProcFile.text("/proc/self/maps")
    let libraries = maps.split(separator: "\n").compactMap { line -> String? in
      guard line.hasSuffix("/libswiftCore.so"), let start = line.firstIndex(of: "/") else {
        return nil
      }
      return (String(line[start...]) as NSString).deletingLastPathComponent
    }
    return Array(Set(libraries)).sorted()
  }
}
