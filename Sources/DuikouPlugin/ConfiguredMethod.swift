/// A method that is made from the plugin's configuration.
///
///     struct Hotels: Extractor, ConfiguredMethod {
///       let word: String
///       init(_ configuration: Configuration<HotelSettings>) { word = configuration.word ?? "宾馆" }
public protocol ConfiguredMethod<Settings>: Method {
  associatedtype Settings: ConfigurationRow

  /// Makes the method, once, before any call. It may do I/O. When it throws, the plugin is not used, and
  /// a `DuikouError` says why: its message goes to the host's log.
  init(_ configuration: Configuration<Settings>) throws
}
