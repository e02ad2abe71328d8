import GRPCCore

/// What the daemon's transport has found out about a call before anything looks at it.
struct CallContext: ServerContext.TransportSpecific {
  let origin: CallerOrigin
  /// Nil for the daemon's own services.
  let target: PluginCallTarget?
  /// The name under which the caller was let in; empty before that.
  var caller = ""
  /// What the caller may do; the least before it was let in.
  var role = Role.reader
}

extension ServerContext {
  /// Nil where the call did not come by one of the daemon's transports.
  var origin: CallerOrigin? { (transportSpecific as? CallContext)?.origin }

  /// The name under which the caller was let in.
  var caller: String { (transportSpecific as? CallContext)?.caller ?? "" }

  /// What the caller may do.
  var role: Role { (transportSpecific as? CallContext)?.role ?? .reader }

  /// The plugin's method that is called; nil for the daemon's own services.
  var pluginCall: PluginCallTarget? { (transportSpecific as? CallContext)?.target }
}
