import ArgumentParser
import DuikouAPI
import DuikouClient
import DuikouModel
import DuikouTerminal
import Foundation

/// Who was refused what, and who decided what.
struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a daemon's audit: who was refused what, and who decided what.",
    discussion: """
      The newest entries come first. Equal refusals are written once a minute; the last column says how \
      many they were.

      EXAMPLES
        duikou --host unix:/run/duikou.sock audit
        duikou audit --limit 1000 --format json
      """)

  @ParentCommand var parent: Duikou

  @Option(help: ArgumentHelp("How many entries to show.", valueName: "number"))
  var limit = 100

  @Option(help: "How to show them: table or json.")
  var format: OutputFormat = .table

  @Option(help: "The language of tables: zh or en.")
  var lang: Language = .preferred

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number from 1 on.") }
  }

  func run() async throws {
    do throws(DuikouError) {
      let connection = try await parent.connection.connect()
      let entries: [Duikou_V1_AuditEntry]
      do {
        entries = try await read(connection)
        await connection.close()
      } catch {
        await connection.close()
        throw DuikouError(calling: error)
      }
      switch format {
      case .json: Terminal.standardOutput.write(JSONOutput.audit(entries))
      case .table: show(entries, on: .standardOutput)
      }
    } catch {
      throw Failure.report(error)
    }
  }

  private func read(_ connection: DaemonConnection) async throws -> [Duikou_V1_AuditEntry] {
    var entries: [Duikou_V1_AuditEntry] = []
    var request = Duikou_V1_ListAuditEntriesRequest()
    repeat {
      request.pageSize = UInt32(clamping: min(limit - entries.count, 1000))
      let page = try await connection.audit.listAuditEntries(request)
      entries += page.entries
      request.pageToken = page.nextPageToken
    } while entries.count < limit && !request.pageToken.isEmpty
    return entries
  }

  private func show(_ entries: [Duikou_V1_AuditEntry], on terminal: Terminal) {
    guard !entries.isEmpty else {
      terminal.write(lang.pick("没有记录。\n", "No entries.\n"))
      return
    }
    var table = TextTable([
      .init(lang.pick("时间", "Time")), .init(lang.pick("事件", "Event")),
      .init(lang.pick("谁", "Who")), .init(lang.pick("对象", "What"), isFlexible: true),
      .init(lang.pick("原因", "Why"), isFlexible: true), .init(lang.pick("次数", "Times")),
    ])
    for entry in entries {
      let words = [entry.caller, entry.object, entry.reason].map(Terminal.harmless)
      table.add([time(entry.atMs), event(entry.event)] + words + ["\(entry.times)"])
    }
    terminal.write(table.rendered(for: terminal))
  }

  private func time(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      .formatted(.iso8601.dateTimeSeparator(.space))
  }

  private func event(_ name: String) -> String {
    switch name {
    case "call-refused": lang.pick("拒绝调用", "call refused")
    case "plugin-released": lang.pick("解除隔离", "plugin released")
    case "plugin-loaded": lang.pick("载入插件", "plugin loaded")
    case "plugin-refused": lang.pick("未采用插件", "plugin refused")
    case "plugin-removed": lang.pick("插件移除", "plugin removed")
    case "plugin-installed": lang.pick("安装插件", "plugin installed")
    case "plugin-enabled": lang.pick("启用插件", "plugin enabled")
    case "plugin-disabled": lang.pick("停用插件", "plugin disabled")
    default: Terminal.harmless(name)
    }
  }
}
