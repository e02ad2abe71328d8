import DuikouModel

extension PluginDescription {
  /// What may stand in the plugin's section of the configuration; nil where the plugin has no
  /// configuration type.
  ///
  /// Throws `invalidArgument`, with a sentence for the plugin's author, where `config` names none of the
  /// plugin's own types, or one that cannot serve. No description that was read from a plugin does.
  public func configurationSchema() throws(DuikouError) -> ConfigurationSchema? {
    try Self.configurationSchema(config, types, of: id)
  }

  static func configurationSchema(
    _ config: UInt32, _ types: [TypeDescriptor], of id: String
  ) throws(DuikouError) -> ConfigurationSchema? {
    guard config != 0 else { return nil }
    guard let type = types.first(where: { $0.id == config }) else {
      throw DuikouError(
        .invalidArgument,
        "\(id): its config is row type \(hexadecimal(config)), which is not among its types; add it, "
          + "or set config to 0")
    }
    return try ConfigurationSchema(type, of: id)
  }
}
