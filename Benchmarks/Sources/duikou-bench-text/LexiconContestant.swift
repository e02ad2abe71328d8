import DuikouText
import Glibc

/// Duikou's own matcher, over a lexicon that is mapped from its file.
struct LexiconContestant: Contestant {
  let name: String
  let lexicon: Lexicon
  let text: [UInt8]
  let mode: LexiconMode

  func run() -> Finding {
    text.withUnsafeBufferPointer { bytes in
      var count = 0
      var sum: UInt64 = 0
      let start = Self.processorTime
      lexicon.forEachBatch(in: SourceText(bytes), mode: mode) { batch in
        count &+= batch.count
        for match in batch {
          sum &+= UInt64(truncatingIfNeeded: match.end &- match.start) &+ UInt64(match.value)
        }
      }
      let seconds = Self.processorTime - start
      return Finding(seconds: seconds, bytes: bytes.count, matches: count, sum: sum)
    }
  }

  static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
