import ArgumentParser
import DuikouHost
import DuikouModel
import DuikouTerminal

/// What protects this machine from plugins.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what protects this machine from plugins, and what does not.",
    discussion: "duikoud refuses to run without those that --require-protection names.")

  @Option(help: "How to show them: table or json.")
  var format: OutputFormat = .table

  @Option(help: "The language of tables: zh or en.")
  var lang: Language = .preferred

  func run() throws {
    do throws(DuikouError) {
      let protections = try Protections.find()
      switch format {
      case .json: Terminal.standardOutput.write(JSONOutput.protections(protections))
      case .table: show(protections, on: .standardOutput)
      }
    } catch {
      throw Failure.report(error)
    }
  }

  private func show(_ protections: Protections, on terminal: Terminal) {
    var table = TextTable([
      .init(lang.pick("保护", "Protection")), .init(lang.pick("状态", "State")),
      .init(lang.pick("防什么", "Against"), isFlexible: true),
      .init(lang.pick("本机", "This machine"), isFlexible: true),
    ])
    for entry in protections.entries {
      table.add([entry.name, state(entry.state), against(entry.name), entry.detail])
    }
    terminal.write(table.rendered(for: terminal))
  }

  private func state(_ state: Protections.State) -> String {
    switch state {
    case .yes: lang.pick("有", "yes")
    case .partial: lang.pick("部分", "partial")
    case .no: lang.pick("没有", "no")
    }
  }

  private func against(_ name: String) -> String {
    guard let words = Self.purposes[name] else { return "" }
    return lang.pick(words.zh, words.en)
  }

  private static let purposes: [String: (zh: String, en: String)] = [
    "landlock": ("读写文件、连接网络", "reading and writing files, connecting"),
    "seccomp": ("启动程序、信号、调试等系统调用", "system calls: programs, signals, tracing"),
    "seccomp-tsync": ("插件自己的线程绕过限制", "threads of the plugin that escape the limits"),
    "no-new-privs": ("借 setuid 程序提权", "privileges through setuid programs"),
    "uid": ("影响其他进程，线程过多", "reaching other processes, too many threads"),
    "rlimits": ("内存、文件、线程无限增长", "memory, files and threads without end"),
    "memfd-seals": ("改写宿主的输入", "writing to the host's input"),
    "pidfd": ("误杀其他进程", "signals to a process of another's number"),
    "mseal": ("改动共享内存的映射", "changes to the shared mappings"),
    "pdeathsig": ("宿主结束后插件继续运行", "workers that outlive the host"),
  ]
}
