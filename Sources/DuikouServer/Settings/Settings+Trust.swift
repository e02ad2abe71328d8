import DuikouHost
import DuikouModel

extension Settings {
  /// Which plugin files are trusted.
  ///
  /// Throws `failedPrecondition` where settings do not go together or a key cannot be read, with what to
  /// do about it.
  func pluginTrust() throws(DuikouError) -> PluginTrust {
    guard trust != .signed || !pluginKeys.isEmpty else {
      throw DuikouError(
        .failedPrecondition,
        "\(place(of: "plugin-trust")): signed needs keys that are trusted: set plugin-keys (`duikou plugin "
          + "keygen` makes one)")
    }
    var keys: [TrustedKey] = []
    for text in pluginKeys {
      do throws(DuikouError) {
        keys.append(try TrustedKey(text))
      } catch {
        throw DuikouError(
          .failedPrecondition, "\(place(of: "plugin-keys")): \(error.message)", cause: error.cause)
      }
    }
    return PluginTrust(policy: trust, keys: keys)
  }

  /// Where a setting stands, and its name.
  private func place(of name: String) -> String {
    guard let place = places[name] else { return name }
    return place == "--\(name)" ? place : "\(place): \(name)"
  }
}
