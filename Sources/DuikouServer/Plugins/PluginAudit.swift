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
    let sha256 = listing.replacement == nil ? listing.sha256 : listing.replacementSHA256
    let words = [
      "\(id) \(listing.versionText)", sha256.isEmpty ? nil : "sha256 \(sha256)",
      listing.signer.map { "signed by \($0)" } ?? "no trusted signature",
      "policy \(trust.rawValue)", (listing.replacement ?? listing.reason)?.message,
    ]
    await audit.note(
      event, over: listing.path, words.compactMap { $0 }.joined(separator: "; "))
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
