/// How many calls each client may have and begin: a value, fed with names and times.
///
/// A client's calls a second are a bucket that fills at the rate and holds one second's worth.
struct ClientLimits: Sendable {
  /// Calls of one client at once; 0 for any number.
  var running: Int
  /// Calls of one client a second; 0 for any number.
  var perSecond: Int

  private struct Client: Sendable {
    var running = 0
    var bucket: Double
    /// When the bucket was last filled, in nanoseconds.
    var filled: Int64
  }

  private var clients: [String: Client] = [:]
  /// Clients that are remembered; more make room for one another when they rest.
  private static let most = 10_000

  init(running: Int = 0, perSecond: Int = 0) {
    self.running = running
    self.perSecond = perSecond
  }

  enum Verdict: Sendable, Hashable {
    case admitted
    /// Too many at once; worth another try when one has ended.
    case tooManyRunning
    /// Too fast: worth another try after so many nanoseconds.
    case tooFast(retryAfter: Int64)
  }

  /// Asks for a call at `now`. An admitted call is given back by `end`.
  mutating func begin(_ name: String, now: Int64) -> Verdict {
    if clients.count >= Self.most { forgetRested(now) }
    let full = Double(max(perSecond, 1))
    var client = clients[name] ?? Client(bucket: full, filled: now)
    let elapsed = Double(max(0, now - client.filled)) / 1e9
    client.bucket = min(full, client.bucket + elapsed * Double(perSecond))
    client.filled = now
    defer { clients[name] = client }
    if running > 0, client.running >= running { return .tooManyRunning }
    if perSecond > 0 {
      guard client.bucket >= 1 else {
        return .tooFast(retryAfter: Int64((1 - client.bucket) / Double(perSecond) * 1e9) + 1)
      }
      client.bucket -= 1
    }
    client.running += 1
    return .admitted
  }

  /// Forgets clients that have nothing running and whose buckets are full by now; when that is nobody, all
  /// that rest.
  private mutating func forgetRested(_ now: Int64) {
    let before = clients.count
    clients = clients.filter { $0.value.running > 0 || now - $0.value.filled < 1_000_000_000 }
    if clients.count == before { clients = clients.filter { $0.value.running > 0 } }
  }

  mutating func end(_ name: String) {
    guard var client = clients[name] else { return }
    client.running -= 1
    clients[name] = client
  }
}
