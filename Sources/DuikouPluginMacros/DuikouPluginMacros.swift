import SwiftCompilerPlugin
import SwiftSyntaxMacros

@main
struct DuikouPluginMacros: CompilerPlugin {
  let providingMacros: [any Macro.Type] = [PluginMacro.self]
}
