import CDuikouRuntime

/// The version of this program.
public enum DuikouVersion {
  public static let current = DKR_VERSION
}
