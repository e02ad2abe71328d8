/// What the sources name of types that need the C headers.
public struct PluginDescription {}

enum TypeDescriptor {
  static let longestName = 255
}
