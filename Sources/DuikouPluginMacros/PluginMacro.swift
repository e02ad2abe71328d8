import SwiftSyntax
import SwiftSyntaxMacros

/// `#plugin(…)`: the note by which a host recognises the library without running it, and the entry symbol.
public struct PluginMacro: DeclarationMacro {
  public static func expansion(
    of node: some FreestandingMacroExpansionSyntax, in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    let id = try literal("id", of: node)
    let version = try literal("version", of: node)
    let words = PluginNoteWords(id: id, version: version).words
    let types = words.map { _ in "UInt32" }.joined(separator: ", ")
    let values = words.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
    return [
      """
      @section(".note.duikou") @used
      private let duikouNote: (\(raw: types)) = (\(raw: values))
      """,
      """
      @c(duikou_plugin_v1)
      public func duikouPlugin(_ host: UnsafePointer<dk_host>?) -> UnsafePointer<dk_plugin>? {
        export(\(node.arguments.trimmed))
      }
      """,
    ]
  }

  private static func literal(
    _ label: String, of node: some FreestandingMacroExpansionSyntax
  ) throws -> String {
    let argument = node.arguments.first { $0.label?.text == label }
    guard
      let literal = argument?.expression.as(StringLiteralExprSyntax.self)?.representedLiteralValue,
      !literal.isEmpty, !literal.utf8.contains(0)
    else {
      let example = label == "id" ? "cn.example.stays" : "1.0.0"
      throw PluginMacroError(
        description:
          "\(label) must be a literal, such as \"\(example)\": it is read without running the plugin"
      )
    }
    return literal
  }
}

/// A mistake in a use of the macro, which the compiler shows there.
struct PluginMacroError: Error, CustomStringConvertible {
  var description: String
}
