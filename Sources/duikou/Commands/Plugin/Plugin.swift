import ArgumentParser
import DuikouModel

/// What plugins there are, and what becomes of them.
struct Plugin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at plugins, put them in, and decide over them.",
    discussion: """
      With --host the commands are about a running daemon, which takes up every change at once; without it \
      about the folders of plugins that this program uses, or --plugins names.

      EXAMPLES
        duikou plugin list --plugins ./plugins
        duikou --host unix:/run/duikou.sock plugin install stays.so
        duikou --host unix:/run/duikou.sock plugin watch
        duikou plugin keygen office
        duikou plugin sign --signing-key office.key stays.so
      """,
    subcommands: [
      List.self, Info.self, Describe.self, Install.self, Enable.self, Disable.self, Release.self,
      Watch.self, Keygen.self, Sign.self, Verify.self,
    ])

  @ParentCommand var parent: Duikou

  /// Runs `body` with what does the work. What it fails with is told to people.
  func run(
    _ plugins: PluginOptions,
    _ body: (any Backend) async throws(DuikouError) -> Void
  ) async throws {
    do throws(DuikouError) {
      let backend = try await Backends.make(parent.connection, plugins)
      do throws(DuikouError) {
        try await body(backend)
        await backend.close()
      } catch {
        await backend.close()
        throw error
      }
    } catch {
      throw Failure.report(error)
    }
  }

  /// The plugin with an id, among others. Throws `notFound`, with the ids there are.
  static func find(_ id: String, in plugins: [PluginInfo]) throws(DuikouError) -> PluginInfo {
    let ranks = ["active": 0, "quarantined": 1, "disabled": 2, "refused": 3]
    let found = plugins.filter { $0.id == id }
      .min { ranks[$0.state, default: 4] < ranks[$1.state, default: 4] }
    guard let found else {
      let ids = Set(plugins.compactMap(\.id)).sorted().joined(separator: ", ")
      throw DuikouError(
        .notFound, "no plugin has the id \(id); there are: \(ids.isEmpty ? "none" : ids)")
    }
    return found
  }
}
