import DuikouModel
import DuikouTerminal

/// Plugins as tables.
struct PluginTables {
  let language: Language

  func list(_ plugins: [PluginInfo], on terminal: Terminal) {
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
      guard let reason = plugin.reason else { continue }
      let head = terminal.styled("\(state(plugin.state)):", .yellow)
      terminal.write("\n\(head) ")
      terminal.write(foreign: "\(plugin.path)\n  \(reason.message) [\(reason.code)]\n")
    }
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
        method.name, role(method.role),
        method.uses.filter(\.reads).map { $0.type + ($0.isRequired ? "" : "?") }
          .joined(separator: " "),
        method.uses.filter(\.writes).map(\.type).joined(separator: " "), method.summary,
      ])
    }
    terminal.write(methods.rendered(for: terminal))
    for type in plugin.types {
      terminal.write("\n\(terminal.styled(Terminal.harmless(type.name), .bold))  ")
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
    return ["active": "可用", "shadowed": "被遮盖", "refused": "未采用", "quarantined": "已隔离"][state]
      ?? Terminal.harmless(state)
  }

  private func isolation(_ isolation: String) -> String {
    guard language == .zh else { return isolation }
    return ["worker": "沙箱进程", "in-process": "主进程"][isolation] ?? isolation
  }

  private func role(_ role: String) -> String {
    guard language == .zh else { return role }
    return [
      "extractor": "抽取", "analyzer": "核对", "report": "报告", "reader": "读取",
      "custom": "自定义",
    ][role] ?? role
  }
}
