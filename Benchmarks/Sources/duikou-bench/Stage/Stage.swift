import DuikouHost
import DuikouModel

/// What the benchmarks share: made once, before the first round.
struct Stage: Sendable {
  let scratch: ScratchFolder
  let library: BenchLibrary
  let pair: ProcessPair
  let bareWorker: BareWorker
  let inProcess: HostedPlugin
  let isolated: HostedPlugin
  /// For crashes, which are counted for each file and host.
  let crashing: HostedPlugin
  let empty: Image
  let document: Image
  /// The peers that take part.
  let peers: [Peer: PeerProcess]
  /// The servers that take part.
  let servers: [MethodServer: PeerProcess]

  /// `peersFolder` holds the built peers, `daemon` is the path of `duikoud`; nil leaves them out.
  init(peersFolder: String?, daemon: String?) throws {
    let scratch = try ScratchFolder()
    self.scratch = scratch
    let library = try BenchLibrary(path: Programs.plugin)
    self.library = library
    pair = try Keeper.run { try ProcessPair(library) }
    bareWorker = try Keeper.run { try BareWorker() }
    empty = try Images.empty()
    document = try Images.document()
    inProcess = try HostedPlugin(policy: .inProcess, cache: "\(scratch.path)/in-process")
    isolated = try HostedPlugin(policy: IsolationPolicy(), cache: "\(scratch.path)/isolated")
    crashing = try HostedPlugin(policy: IsolationPolicy(), cache: "\(scratch.path)/crashing")
    var peers: [Peer: PeerProcess] = [:]
    if let peersFolder {
      for peer in Peer.allCases { peers[peer] = try peer.start(in: peersFolder, scratch: scratch) }
    }
    self.peers = peers
    var servers: [MethodServer: PeerProcess] = [:]
    if let peersFolder, let daemon {
      for server in MethodServer.allCases {
        servers[server] = try server.start(in: peersFolder, daemon: daemon, scratch: scratch)
      }
    }
    self.servers = servers
  }
}
