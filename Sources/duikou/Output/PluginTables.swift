import DuikouModel
import DuikouTerminal
import Foundation

/// Plugins as tables.
struct PluginTables {
  let language: Language

  func list(_ overview: PluginOverview, on terminal: Terminal) {
    let plugins = overview.plugins
    defer { warn(of: overview.missing, on: terminal) }
    guard !plugins.isEmpty else {
      terminal.write(
        language.pick(
          "插件目录里没有插件：把编译好的 .so 放进去，或用 --plugins 指定目录。\n",
          "No plugins: drop a compiled .so into the folder, or name one with --plugins.\n"))
      return
    }
    var table = TextTable([
      .init(language.pick("插件", "Plugin")), .init(language.pick("版本", "Version")),
      .init(language.pick("状态", "State")), .init(language.pick("隔离", "Isolation")),
      .init(language.pick("方法", "Methods"), isFlexible: true),
      .init(language.pick("说明", "About"), isFlexible: true),
    ])
    for plugin in plugins {
      table.add([
        plugin.id ?? plugin.fileName, plugin.version, state(plugin.state),
        isolation(plugin.isolation),
        plugin.methods.map { "\($0.name)(\(role($0.role)))" }.joined(separator: " "),
        plugin.reason?.message ?? plugin.summary,
      ])
    }
    terminal.write(table.rendered(for: terminal))
    for plugin in plugins {
      guard let reason = plugin.reason ?? plugin.replacement else { continue }
      let word = plugin.reason == nil ? language.pick("新内容未采用", "replacement refused") : nil
      let head = terminal.styled("\(word ?? state(plugin.state)):", .yellow)
      terminal.write("\n\(head) ")
      terminal.write(foreign: "\(plugin.path)\n  \(reason.message) [\(reason.code)]\n")
    }
  }

  private func warn(of missing: [String], on terminal: Terminal) {
    guard !missing.isEmpty else { return }
    let head = terminal.styled(language.pick("缺少必需的插件：", "Required and missing: "), .red)
    terminal.write("\n\(head)\(Terminal.harmless(missing.joined(separator: " ")))\n")
  }

  /// How a plugin does.
  func info(_ plugin: PluginInfo, on terminal: Terminal) {
    let head = Terminal.harmless("\(plugin.id ?? plugin.fileName) \(plugin.version)")
    terminal.write(terminal.styled(head, .bold) + "\n")
    if !plugin.summary.isEmpty { terminal.write(foreign: "\(plugin.summary)\n") }
    var table = TextTable([
      .init(language.pick("项目", "Item")), .init(language.pick("内容", "Value"), isFlexible: true),
    ])
    func add(_ zh: String, _ en: String, _ value: String) {
      if !value.isEmpty { table.add([language.pick(zh, en), Terminal.harmless(value)]) }
    }
    add("状态", "state", state(plugin.state))
    add("原因", "reason", plugin.reason.map { "\($0.message) [\($0.code)]" } ?? "")
    add("新内容", "replacement", plugin.replacement.map { "\($0.message) [\($0.code)]" } ?? "")
    add("文件", "file", plugin.path)
    add("SHA-256", "sha256", plugin.sha256)
    add("签名", "signer", plugin.signer.isEmpty ? language.pick("无", "none") : plugin.signer)
    add("隔离", "isolation", isolation(plugin.isolation))
    add("代", "generation", plugin.generation == 0 ? "" : "\(plugin.generation)")
    if plugin.setAsideDocuments > 0 {
      add("搁置的文档", "set aside", "\(plugin.setAsideDocuments)")
    }
    if let activity = plugin.activity {
      add(
        "调用", "calls",
        language.pick(
          "\(activity.calls) 次，失败 \(activity.failures) 次，进行中 \(activity.running) 次",
          "\(activity.calls), \(activity.failures) failed, \(activity.running) running"))
      add(
        "耗时", "latency",
        activity.p50 == 0
          ? "" : "p50 \(duration(activity.p50)), p99 \(duration(activity.p99))")
      add("启动的进程", "processes", "\(activity.starts)")
      if !activity.lastFailure.isEmpty {
        let time = Date(timeIntervalSince1970: Double(activity.lastFailureMilliseconds) / 1000)
          .formatted(.iso8601.dateTimeSeparator(.space))
        add("上次失败", "last failure", "\(time) \(activity.lastFailure)")
      }
    }
    add("配置", "configuration", plugin.configurationType)
    terminal.write(table.rendered(for: terminal))
  }

  private func duration(_ nanoseconds: Int64) -> String {
    switch nanoseconds {
    case ..<1_000_000: "\(nanoseconds / 1000) µs"
    case ..<1_000_000_000: "\(nanoseconds / 1_000_000) ms"
    default: "\(nanoseconds / 1_000_000_000) s"
    }
  }

  /// One line about what has become of a plugin.
  func change(_ change: String, _ plugin: PluginInfo, on terminal: Terminal) {
    let words = [
      "present": language.pick("已有", "present"), "loaded": language.pick("载入", "loaded"),
      "replaced": language.pick("替换", "replaced"), "unused": language.pick("未用", "unused"),
      "removed": language.pick("移除", "removed"),
    ]
    let time = Date().formatted(.iso8601.time(includingFractionalSeconds: true))
    let reason = plugin.replacement ?? plugin.reason
    let name = plugin.id.map { "\($0) \(plugin.version)" } ?? plugin.fileName
    let line = [
      time, words[change] ?? change, name, state(plugin.state),
      plugin.generation == 0 ? "" : "#\(plugin.generation)", reason?.message ?? "",
    ]
    terminal.write(foreign: line.filter { !$0.isEmpty }.joined(separator: "  ") + "\n")
  }

  func describe(_ plugin: PluginInfo, on terminal: Terminal) {
    let head = Terminal.harmless("\(plugin.id ?? plugin.fileName) \(plugin.version)")
    var lines = [
      plugin.summary,
      "\(language.pick("文件", "file"))   \(plugin.path)",
      "sha256 \(plugin.sha256)",
      "ABI    1.\(plugin.abiBuilt) (\(language.pick("最低", "needs")) 1.\(plugin.abiNeeded))",
    ]
    if let reason = plugin.reason {
      lines.append("\(state(plugin.state)): \(reason.message) [\(reason.code)]")
    }
    terminal.write(terminal.styled(head, .bold) + "\n")
    terminal.write(foreign: lines.joined(separator: "\n") + "\n\n")
    var methods = TextTable([
      .init(language.pick("方法", "Method")), .init(language.pick("作用", "Role")),
      .init(language.pick("读", "Reads"), isFlexible: true),
      .init(language.pick("写", "Writes"), isFlexible: true),
      .init(language.pick("说明", "About"), isFlexible: true),
    ])
    for method in plugin.methods {
      methods.add([
        method.name, role(of: method),
        method.uses.filter(\.reads).map { $0.type + ($0.isRequired ? "" : "?") }
          .joined(separator: " "),
        method.uses.filter(\.writes).map(\.type).joined(separator: " "), method.summary,
      ])
    }
    terminal.write(methods.rendered(for: terminal))
    for type in plugin.types {
      terminal.write("\n\(terminal.styled(Terminal.harmless(type.name), .bold))  ")
      if type.name == plugin.configurationType {
        terminal.write(language.pick("（配置）", "(configuration) "))
      }
      terminal.write(foreign: "\(type.summary)\n")
      var fields = TextTable([
        .init("#"), .init(language.pick("字段", "Field")), .init(language.pick("类型", "Kind")),
        .init(language.pick("单位", "Unit")),
        .init(language.pick("说明", "About"), isFlexible: true),
      ])
      for field in type.fields {
        fields.add([
          "\(field.number)", field.name + (field.isKey ? " *" : ""), field.kind, field.unit,
          field.summary,
        ])
      }
      terminal.write(fields.rendered(for: terminal))
    }
  }

  private func state(_ state: String) -> String {
    guard language == .zh else { return Terminal.harmless(state) }
    return [
      "active": "可用", "shadowed": "被遮盖", "refused": "未采用", "quarantined": "已隔离",
      "arriving": "到达中", "disabled": "已停用",
    ][state] ?? Terminal.harmless(state)
  }

  private func isolation(_ isolation: String) -> String {
    guard language == .zh else { return isolation }
    return ["worker": "沙箱进程", "in-process": "主进程"][isolation] ?? isolation
  }

  /// An extractor that keeps all from going together is told from the others.
  private func role(of method: PluginInfo.Method) -> String {
    guard method.role == "extractor", !method.isBatched else { return role(method.role) }
    return role(method.role) + language.pick("，逐篇", ", one by one")
  }

  private func role(_ role: String) -> String {
    guard language == .zh else { return role }
    return [
      "extractor": "抽取", "analyzer": "核对", "report": "报告", "reader": "读取",
      "custom": "自定义",
    ][role] ?? role
  }
}
