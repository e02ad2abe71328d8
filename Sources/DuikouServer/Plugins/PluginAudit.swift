import DuikouHost
import DuikouStore

/// Writes into the audit which plugins were loaded, refused and removed: from which file, by its hash and
/// its signer's key, by which policy.
///
/// A file that no note makes a plugin is nobody's attempt to be one, and is left out.
struct PluginAudit: Sendable {
  let audit: AuditTrail
  let trust: TrustPolicy

  func record(_ change: PluginChange) async {
    let listing = change.listing
    guard let id = listing.id, let event = event(of: change) else { return }
    var words = ["\(id) \(listing.versionText)"]
    if let reason = listing.replacement ?? listing.reason { words.append(reason.message) }
    words.append(listing.signer.map { "signed by \($0)" } ?? "no trusted signature")
    words.append("policy \(trust.rawValue)")
    words.append("sha256 \(listing.sha256)")
    await audit.record(event, by: "", over: listing.path, words.joined(separator: "; "))
  }

  private func event(of change: PluginChange) -> AuditEntry.Event? {
    switch (change.kind, change.listing.state) {
    case (.loaded, _), (.replaced, _), (.present, .active): .pluginLoaded
    case (.removed, .active), (.removed, .quarantined): .pluginRemoved
    case (.unused, .refused): .pluginRefused
    case (.unused, .active) where change.listing.replacement != nil: .pluginRefused
    default: nil
    }
  }
}
