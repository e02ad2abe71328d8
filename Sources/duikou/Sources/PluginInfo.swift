import DuikouHost
import DuikouModel

/// A plugin as the command line shows it, whoever loaded it.
struct PluginInfo: Sendable {
  struct Use: Sendable {
    var type: String
    var reads: Bool
    var writes: Bool
    var isRequired: Bool
  }

  struct Method: Sendable {
    var name: String
    var summary: String
    var role: String
    var media: String
    var concurrency: Int
    var isBatched: Bool
    var uses: [Use]
  }

  struct Field: Sendable {
    var name: String
    var summary: String
    var number: UInt32
    var kind: String
    var unit: String
    var isKey: Bool
  }

  struct RowType: Sendable {
    var name: String
    var summary: String
    var id: UInt32
    var size: Int
    var fields: [Field]
  }

  /// What it has done so far.
  struct Activity: Sendable {
    var calls: Int
    var failures: Int
    var running: Int
    var starts: Int
    /// Nanoseconds.
    var p50: Int64
    var p99: Int64
    var lastFailure: String
    var lastFailureMilliseconds: Int64
  }

  var path = ""
  var sha256 = ""
  var state = ""
  var isolation = ""
  /// How many documents are set aside for it.
  var setAsideDocuments = 0
  var reason: DuikouError?
  /// Why newer contents are not used.
  var replacement: DuikouError?
  /// 0 for a file that is not run.
  var generation = 0
  /// Empty where no trusted key has signed it.
  var signer = ""
  var activity: Activity?
  var configurationType = ""
  /// A JSON Schema.
  var configurationSchema = ""
  /// Nil when the file could not be asked.
  var id: String?
  var version = ""
  var summary = ""
  var abiBuilt: UInt32 = 0
  var abiNeeded: UInt32 = 0
  var methods: [Method] = []
  var types: [RowType] = []

  var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension PluginInfo.Activity {
  init(_ activity: PluginActivity) {
    calls = activity.calls
    failures = activity.failures
    running = activity.running
    starts = activity.starts
    p50 = activity.latency(0.5)
    p99 = activity.latency(0.99)
    lastFailure = activity.lastFailure
    lastFailureMilliseconds = activity.lastFailureMilliseconds
  }
}

extension PluginInfo {
  init(_ listing: PluginListing) {
    path = listing.path
    sha256 = listing.sha256
    state = listing.state.rawValue
    isolation = listing.isolation?.rawValue ?? ""
    setAsideDocuments = listing.setAsideDocuments
    reason = listing.reason
    replacement = listing.replacement
    generation = listing.generation
    signer = listing.signer ?? ""
    activity = listing.activity.map(Activity.init)
    id = listing.id
    version = listing.versionText
    guard let description = listing.description else { return }
    summary = description.summary
    if let configuration = try? description.configurationSchema() {
      configurationType = configuration.type.name
      configurationSchema = configuration.jsonSchema
    }
    abiBuilt = description.abiBuilt
    abiNeeded = description.abiNeeded
    let types = Schema.domain.all + description.types
    let names = Dictionary(types.map { ($0.id, $0.name) }) { first, _ in first }
    methods = description.methods.map { method in
      Method(
        name: method.name, summary: method.summary, role: "\(method.role)", media: method.media,
        concurrency: method.concurrency, isBatched: method.isBatched,
        uses: method.uses.map {
          Use(
            type: names[$0.type] ?? "0x" + String($0.type, radix: 16), reads: $0.reads,
            writes: $0.writes, isRequired: $0.isRequired)
        })
    }
    self.types = description.types.map { type in
      RowType(
        name: type.name, summary: type.documentation, id: type.id, size: type.size,
        fields: type.fields.map {
          Field(
            name: $0.name, summary: $0.documentation, number: $0.number, kind: "\($0.kind)",
            unit: $0.unit, isKey: $0.isKey)
        })
    }
  }
}
