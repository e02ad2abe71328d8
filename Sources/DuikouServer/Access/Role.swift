import GRPCCore

/// What a caller may do; each role may do what those before it may.
public enum Role: String, Sendable, CaseIterable, Comparable {
  /// Reads documents, records, reports and what there is.
  case reader
  /// Puts documents in, analyses them, and calls plugins.
  case analyst
  /// Decides over plugins.
  case operatorRole = "operator"

  public static func < (left: Role, right: Role) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .reader: 0
    case .analyst: 1
    case .operatorRole: 2
    }
  }

  /// The role that a method of the daemon's own asks for. A method that is not listed is for operators:
  /// a new one is closed until somebody decides.
  static func needed(for method: MethodDescriptor) -> Role {
    let name = "\(method.service.fullyQualifiedService)/\(method.method)"
    if open.contains(name) || method.service.fullyQualifiedService.hasPrefix("grpc.") {
      return .reader
    }
    return ofAnalysts.contains(name) ? .analyst : .operatorRole
  }

  private static let open: Set = [
    "duikou.v1.Documents/GetDocument", "duikou.v1.Documents/ListDocuments",
    "duikou.v1.Analyses/ListRecords", "duikou.v1.Analyses/RenderReport",
    "duikou.v1.Analyses/ListFormats", "duikou.v1.Plugins/ListPlugins",
    "duikou.v1.Plugins/WatchPlugins",
  ]

  private static let ofAnalysts: Set = [
    "duikou.v1.Documents/PutDocument", "duikou.v1.Documents/DeleteDocument",
    "duikou.v1.Analyses/Analyze",
  ]
}
