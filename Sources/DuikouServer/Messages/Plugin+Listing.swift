import DuikouAPI
import DuikouHost
import DuikouModel

extension Duikou_V1_Plugin {
  /// A plugin file as clients see it; `schema` names the row types.
  init(_ listing: PluginListing, schema: Schema) {
    self.init()
    path = listing.path
    sha256 = listing.sha256
    generation = UInt64(clamping: listing.generation)
    signer = listing.signer ?? ""
    if let replacement = listing.replacement {
      replacementCode = replacement.code.rawValue
      replacementReason = replacement.message
    }
    if let activity = listing.activity { self.activity = Duikou_V1_Activity(activity) }
    id = listing.id ?? ""
    version = listing.versionText
    state =
      switch listing.state {
      case .arriving: .arriving
      case .disabled: .disabled
      case .active: .active
      case .shadowed: .shadowed
      case .refused: .refused
      case .quarantined: .quarantined
      }
    isolation = listing.isolation?.rawValue ?? ""
    if let reason = listing.reason {
      reasonCode = reason.code.rawValue
      self.reason = reason.message
    }
    setAsideDocuments = UInt32(clamping: listing.setAsideDocuments)
    guard let description = listing.description else { return }
    summary = description.summary
    abiBuilt = description.abiBuilt
    abiNeeded = description.abiNeeded
    methods = description.methods.map { Duikou_V1_Method($0, schema: schema) }
    types = description.types.map(Duikou_V1_RowType.init)
    if let configuration = try? description.configurationSchema() {
      configurationType = configuration.type.name
      configurationSchema = configuration.jsonSchema
    }
  }
}

extension Duikou_V1_Activity {
  fileprivate init(_ activity: PluginActivity) {
    self.init()
    calls = UInt64(clamping: activity.calls)
    failures = UInt64(clamping: activity.failures)
    running = UInt32(clamping: activity.running)
    starts = UInt32(clamping: activity.starts)
    latencyP50Ns = activity.latency(0.5)
    latencyP99Ns = activity.latency(0.99)
    lastFailure = activity.lastFailure
    lastFailureMs = activity.lastFailureMilliseconds
  }
}

extension Duikou_V1_Method {
  fileprivate init(_ method: MethodDescription, schema: Schema) {
    self.init()
    name = method.name
    summary = method.summary
    role = "\(method.role)"
    media = method.media
    concurrency = UInt32(clamping: method.concurrency)
    batched = method.isBatched
    uses = method.uses.map { use in
      var message = Duikou_V1_Method.Use()
      message.type = schema[use.type]?.name ?? hexadecimal(use.type)
      message.reads = use.reads
      message.writes = use.writes
      message.required = use.isRequired
      return message
    }
  }
}

extension Duikou_V1_RowType {
  fileprivate init(_ type: TypeDescriptor) {
    self.init()
    name = type.name
    summary = type.documentation
    id = type.id
    size = UInt32(clamping: type.size)
    fields = type.fields.map { field in
      var message = Duikou_V1_RowType.Field()
      message.name = field.name
      message.summary = field.documentation
      message.number = field.number
      message.kind = "\(field.kind)"
      message.unit = field.unit
      message.key = field.isKey
      return message
    }
  }
}
