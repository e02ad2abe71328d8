import GRDB

/// One line of the audit: who was refused what, or decided what, or which plugin was loaded.
public struct AuditEntry: Sendable, Hashable {
  /// What happens.
  public enum Event: String, Sendable, CaseIterable {
    /// A call was refused to its caller.
    case callRefused = "call-refused"
    /// A plugin's quarantine was lifted.
    case pluginReleased = "plugin-released"
    /// A plugin is used from now on.
    case pluginLoaded = "plugin-loaded"
    /// A plugin's file is not used, or newer contents of it.
    case pluginRefused = "plugin-refused"
    /// A plugin's file is gone.
    case pluginRemoved = "plugin-removed"
    /// A plugin's file was put into the folder by a client.
    case pluginInstalled = "plugin-installed"
    /// A plugin may run again, or may not run any more.
    case pluginEnabled = "plugin-enabled"
    case pluginDisabled = "plugin-disabled"
  }

  /// Its place in the audit, counted from 1; 0 before it is kept.
  public var number: Int64 = 0
  /// When it happened: milliseconds since 1970.
  public let milliseconds: Int64
  /// One of `Event`, or one of a later version.
  public let event: String
  /// Who called: a client's name, or its network address.
  public let caller: String
  /// What was called or decided over: a method, a plugin's id.
  public let object: String
  /// Why; empty where there is nothing to say.
  public let reason: String
  /// How many equal events the entry stands for, since the last equal one.
  public let times: Int

  public init(
    milliseconds: Int64, event: String, caller: String, object: String, reason: String, times: Int
  ) {
    self.milliseconds = milliseconds
    self.event = event
    self.caller = caller
    self.object = object
    self.reason = reason
    self.times = times
  }
}

extension AuditEntry: FetchableRecord {
  /// Reads a row of the table `audit`.
  public init(row: Row) {
    self.init(
      milliseconds: row["at_ms"], event: row["event"], caller: row["caller"],
      object: row["object"], reason: row["reason"], times: row["times"])
    number = row["number"]
  }
}
