import CBenchWork
import DuikouModel
import DuikouWire

/// The rows of one document to protobuf's bytes, and such bytes to an image that has been checked.
enum Transcoding {
  static func benchmarks(_ stage: Stage) -> [any Benchmark] {
    [
      Measured(name: "transcode/encode", aims: aims("encode")) {
        let messages = try Messages(stage)
        return try medianTime(samples: 2000) { try messages.encode() }
      },
      Measured(name: "transcode/decode", aims: aims("decode")) {
        let messages = try Messages(stage)
        return try medianTime(samples: 2000) { try messages.decode() }
      },
    ]
  }

  private static func aims(_ direction: String) -> [Aim] {
    [.better(than: "protobuf-cpp/\(direction)", atLeast: 10)]
  }

  /// What the method finds in the document, in both forms.
  private struct Messages {
    private let method: ServiceContract.Method
    private let image: Image
    private let deltas: [Delta]
    private let bytes: [UInt8]

    init(_ stage: Stage) throws {
      guard let type = stage.isolated.schema[BENCH_RECORD_TYPE] else {
        throw Failure("the plugin's type is not known")
      }
      let shape = ServiceShape(
        id: "org.duikou.bench", types: [type],
        methods: [.init(name: "Copy", reads: [type.id], writes: [type.id])])
      method = try ServiceContract(shape, schema: stage.isolated.schema).methods[0]
      image = stage.document
      deltas = try stage.isolated.callDocuments(image).deltas
      // A request has the text as well, on which the rows' spans stand.
      let text = SampleText.bytes
      var head: [UInt8] = [15 << 3 | 2]
      var length = text.count
      while length >= 0x80 {
        head.append(UInt8(length & 0x7f) | 0x80)
        length >>= 7
      }
      head.append(UInt8(length))
      bytes = try head + text + method.encoder.encode(deltas, over: image) { Array($0) }
    }

    @inline(never)
    func encode() throws {
      let size = try method.encoder.encode(deltas, over: image) { $0.count }
      guard size > 0 else { throw Failure("no bytes") }
    }

    @inline(never)
    func decode() throws {
      let image = try bytes.withUnsafeBytes { buffer in
        try Result { () throws(DuikouError) in try method.decoder.decode(buffer) }.get()
      }
      guard image.count(of: BENCH_RECORD_TYPE) == Int(BENCH_RECORDS) else {
        throw Failure("rows are missing")
      }
    }
  }
}
