import DuikouTerminal
import DuikouWire

/// Services as tables and as text.
struct ServiceTables {
  let language: Language

  func list(_ services: [ServiceType], on terminal: Terminal) {
    let names = ServiceNames(services.map(\.name))
    var table = TextTable([
      .init(language.pick("方法", "Method")), .init(language.pick("服务", "Service")),
      .init(language.pick("请求", "Request"), isFlexible: true),
      .init(language.pick("应答", "Response"), isFlexible: true),
      .init(language.pick("说明", "About"), isFlexible: true),
    ])
    for service in services {
      let short = names.shortest(service.name)
      for method in service.methods {
        table.add([
          "\(short)/\(method.name)", service.name,
          message(method.input, of: service, isStream: method.isClientStreaming),
          message(method.output, of: service, isStream: method.isServerStreaming),
          method.summary,
        ])
      }
    }
    terminal.write(table.rendered(for: terminal))
  }

  func describe(_ symbols: [DescribedSymbol], on terminal: Terminal) {
    let parts = symbols.map { symbol in
      terminal.styled(Terminal.harmless("// \(symbol.name)  \(symbol.file)"), .dim) + "\n"
        + Terminal.harmless(symbol.proto)
    }
    terminal.write(parts.joined(separator: "\n"))
  }

  private func message(_ name: String, of service: ServiceType, isStream: Bool) -> String {
    let package = service.name.split(separator: ".").dropLast().joined(separator: ".") + "."
    let short = name.hasPrefix(package) ? String(name.dropFirst(package.count)) : name
    return isStream ? "\(language.pick("流", "stream")) \(short)" : short
  }
}
