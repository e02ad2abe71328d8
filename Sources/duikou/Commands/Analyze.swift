import ArgumentParser
import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouTerminal
import Foundation

/// Takes documents through the plugins and shows what they found.
struct Analyze: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the records in documents, and write reports about them.",
    discussion: """
      Reads plain text in UTF-8, and whatever else the reader plugins take: with those that come along, text in other \
      encodings, HTML, DOCX, XLSX, CSV and PDF. A folder stands for all the files in it and below it, except hidden \
      ones and locks of Office. A file that cannot be read is reported, and the others are analysed.
      """)

  @ParentCommand var parent: Duikou

  @Argument(
    help: ArgumentHelp("Files and folders to analyse.", valueName: "file|folder"),
    completion: .file())
  var paths: [String]

  @OptionGroup var plugins: PluginOptions

  @Option(
    help: ArgumentHelp(
      "Set plugins up by the plugin part of this file, as the daemon does.", valueName: "file.yaml"),
    completion: .file())
  var config: String?

  @Option(
    help: ArgumentHelp(
      "Write a report in this format, such as markdown or html. May be given more than once.",
      valueName: "format"))
  var report: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where to write the report: a file, or a folder for several formats. Standard output without it.",
      valueName: "out"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "When the documents were published, such as 2018-07-04: their dates without a year are read by it.",
      valueName: "day"))
  var published: CivilDate?

  @Flag(help: "Try documents again that are set aside for a plugin, which did not survive them.")
  var retry = false

  @Option(help: "How to show the records: table or json.")
  var format: OutputFormat = .table

  @Option(help: "The language of tables and reports: zh or en.")
  var lang: Language = .preferred

  @Option(
    help: ArgumentHelp("Refuse documents above this many MiB.", valueName: "mib"))
  var maxSize: Int = 32

  @Option(
    help: ArgumentHelp("Analyse so many files at once.", valueName: "n"))
  var jobs: Int = min(4, ProcessInfo.processInfo.activeProcessorCount)

  func validate() throws {
    if jobs < 1 { throw ValidationError("--jobs is at least 1.") }
    if maxSize < 1 || maxSize > 256 {
      throw ValidationError("--max-size goes from 1 to 256 MiB.")
    }
    if report.count > 1 && output == nil {
      throw ValidationError("Several reports need a folder to go to: add -o FOLDER.")
    }
    if report.count > 1, let output, InputFile(path: output).isFile {
      throw ValidationError("Several reports need a folder to go to: \(output) is a file.")
    }
  }

  func run() async throws {
    let limits = Limits(documentBytes: maxSize << 20)
    let backend: any Backend
    do throws(DuikouError) {
      backend = try await Backends.make(
        parent.connection, plugins, configuration: config, limits: limits,
        makesReports: !report.isEmpty)
    } catch {
      throw Failure.report(error)
    }
    do {
      if parent.connection.address == nil { tellUnused(try await backend.overview().plugins) }
      let session = AnalyzeSession(
        backend: backend, limits: limits, language: lang, reports: report, output: output,
        format: format, published: published, isRetried: retry, jobs: jobs)
      let code = try await session.run(paths)
      await backend.close()
      if code != 0 { throw ExitCode(code) }
    } catch let error as DuikouError {
      await backend.close()
      throw Failure.report(error)
    }
  }
}

extension Analyze {
  /// Says which files in the folders are not used, of which nothing would be found without a word.
  private func tellUnused(_ plugins: [PluginInfo]) {
    for plugin in plugins where plugin.state == PluginListing.State.refused.rawValue {
      let reason = plugin.reason.map { ": \($0.message) [\($0.code)]" } ?? ""
      Terminal.standardError.write(foreign: "\(plugin.path) is not used\(reason)\n")
    }
  }
}

/// ISO 8601.
extension CivilDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// Where plugins are looked for.
struct PluginOptions: ParsableArguments {
  @Option(
    name: .customLong("plugins"),
    help: ArgumentHelp(
      "A folder of plugins. May be given more than once; DUIKOU_PLUGINS sets it too, separated by colons.",
      valueName: "folder"), completion: .directory)
  var folders: [String] = []

  @Flag(help: "Run the plugins in this program, without what protects it from them.")
  var inProcess = false
}

/// How records are shown.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table
  case json
}
