import DuikouModel
import DuikouPipeline
import DuikouTerminal
import Foundation

/// One run of `duikou analyze`: documents in, tables, JSON and reports out.
struct AnalyzeSession {
  let backend: any Backend
  let limits: Limits
  let language: Language
  let reports: [String]
  let output: String?
  let format: OutputFormat
  /// When the documents were published; nil for what they say of themselves.
  let published: CivilDate?
  /// Whether plugins try documents again that are set aside.
  let isRetried: Bool
  /// How many files are analysed at once.
  let jobs: Int

  /// Analyses everything and returns the exit code.
  func run(_ paths: [String]) async throws -> Int32 {
    try await checkFormats()
    let inputs = InputFile.expand(paths)
    let progress = ProgressBar(total: inputs.files.count)
    var results: [DocumentResult] = []
    var errors = inputs.errors
    for (file, outcome) in zip(inputs.files, await analyze(inputs.files, progress)) {
      switch outcome {
      case .success(let result): results.append(result)
      case .failure(let error): errors.append(InputError(path: file.path, error: error))
      }
    }
    progress.finish()
    for error in errors { Failure.print(error) }
    try await writeReports(results)
    if reports.isEmpty || output != nil { show(results, errors) }
    if !errors.isEmpty { return 1 }
    return results.contains { !$0.failures.isEmpty } ? 2 : 0
  }

  /// Analyses files, `jobs` groups of them at once; the outcomes stand in the order of the files.
  private func analyze(
    _ files: [InputFile], _ progress: ProgressBar
  ) async -> [Result<DocumentResult, DuikouError>] {
    // Counts alone are shown of many, and their records need no memory then.
    let showsRecords = format == .json || files.count <= RecordTables.detailed
    let groups = Pipeline.groups(ofSizes: files.map(\.size), jobs: jobs)
    return await withTaskGroup(of: (Int, [Result<DocumentResult, DuikouError>]).self) { group in
      var outcomes: [(Int, [Result<DocumentResult, DuikouError>])] = []
      for index in groups.indices {
        if index >= jobs, let outcome = await group.next() { outcomes.append(outcome) }
        group.addTask {
          (index, await analyze(files[groups[index]], showsRecords: showsRecords, progress))
        }
      }
      for await outcome in group { outcomes.append(outcome) }
      return outcomes.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  private func analyze(
    _ files: ArraySlice<InputFile>, showsRecords: Bool, _ progress: ProgressBar
  ) async -> [Result<DocumentResult, DuikouError>] {
    let read = files.map { file in
      let source = Result { () throws(DuikouError) in
        var source = try file.read(limit: limits.documentBytes)
        source.published = published
        source.isRetried = isRetried
        return source
      }
      if case .failure = source { progress.advance(file.path) }
      return source
    }
    let sources = read.compactMap { try? $0.get() }
    let outcomes = await backend.analyze(sources, withRecords: showsRecords) {
      progress.advance(sources[$0].uri)
    }
    var rest = outcomes[...]
    return read.map { source in
      source.flatMap { _ in rest.popFirst() ?? .failure(DocumentResult.missing) }
    }
  }

  /// An unknown format is told before the work, not after it.
  private func checkFormats() async throws(DuikouError) {
    let known = try await backend.formats()
    for name in reports where !known.contains(where: { $0.name == name.lowercased() }) {
      let names = known.map(\.name).joined(separator: ", ")
      throw DuikouError(
        .notFound,
        "there is no report format \(name); "
          + (names.isEmpty ? "no plugin with a report is loaded" : "there are: \(names)"))
    }
  }

  private func show(_ results: [DocumentResult], _ errors: [InputError]) {
    switch format {
    case .json:
      Terminal.standardOutput.write(JSONOutput.analysis(results, errors))
    case .table:
      RecordTables(language: language).show(results, on: .standardOutput)
    }
  }

  private func writeReports(_ results: [DocumentResult]) async throws(DuikouError) {
    guard !results.isEmpty else { return }
    let formats = try await backend.formats()
    for name in reports {
      guard let format = formats.first(where: { $0.name == name.lowercased() }) else { continue }
      let sink = try ReportSink(target(for: format))
      do throws(DuikouError) {
        try await backend.render(format: name, of: results, language: language) { bytes in
          try sink.write(bytes)
        }
        try sink.finish()
      } catch {
        sink.discard()
        throw error
      }
      if let path = sink.path {
        Terminal.standardError.write("\(language == .zh ? "已写入" : "wrote") \(path)\n")
      }
    }
  }

  private func target(for format: ReportFormat) -> String? {
    guard let output, output != "-" else { return nil }
    guard reports.count > 1 || InputFile(path: output).isFolder else { return output }
    return "\(output)/report.\(format.fileExtension)"
  }
}
