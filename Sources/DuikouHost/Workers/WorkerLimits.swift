import CDuikouRuntime

/// What a worker may take.
public struct WorkerLimits: Sendable {
  /// Bytes of the largest image that a call is given.
  public var inputBytes: Int = 1 << 30
  /// Bytes of rows, and of strings, between two flushes.
  public var outputBytes: Int = 256 << 20
  /// Bytes of scratch memory in a call.
  public var scratchBytes: Int = 256 << 20
  /// Bytes of its own memory above which a worker is replaced after its call.
  public var residentBytes: Int = 512 << 20
  /// How long loading, and `create`, may take.
  public var startTimeout = Duration.seconds(10)
  /// How long a worker is kept that nobody calls.
  public var idleTimeout = Duration.seconds(60)

  public init() {}

  var channel: dkr_channel_limits {
    dkr_channel_limits(
      input_size: UInt64(inputBytes),
      call: dkr_limits(
        rows_size: UInt64(outputBytes), pool_size: UInt64(outputBytes),
        scratch_size: UInt64(scratchBytes)))
  }
}
