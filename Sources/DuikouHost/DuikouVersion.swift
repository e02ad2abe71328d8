/// The version of this program.
public enum DuikouVersion {
  public static let current = "0.1.0"
}
