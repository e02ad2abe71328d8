import DuikouAPI
import DuikouModel
import DuikouWire
import Foundation
import SwiftProtobuf
import Testing

@Suite("Messages as JSON")
struct MessageCodecTests {
  /// A message, protobuf's text for it, and its JSON.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var type: String
    var text: String
    var json: String

    init(_ name: String, _ type: String, text: String, json: String) {
      testDescription = name
      self.type = "every.\(type)"
      self.text = text
      self.json = json
    }
  }

  static let cases = [
    Case(
      "numbers at their ends", "Kinds",
      text: """
        i32: -2147483648 i64: -9223372036854775808 u32: 4294967295 u64: 18446744073709551615
        s32: -2147483648 s64: -9223372036854775808 f32: 4294967295 f64: 18446744073709551615
        sf32: -2147483648 sf64: 9223372036854775807
        """,
      json: """
        {"i32":-2147483648,"i64":"-9223372036854775808","u32":4294967295,\
        "u64":"18446744073709551615","s32":-2147483648,"s64":"-9223372036854775808",\
        "f32":4294967295,"f64":"18446744073709551615","sf32":-2147483648,\
        "sf64":"9223372036854775807"}
        """),
    Case(
      "text, bytes, truth and names of values", "Kinds",
      text:
        #"real: 1.5 precise: -2.25e-300 yes: true text: "敖汉旗\n" raw_bytes: "\377\376" level: LEVEL_LOW"#,
      json:
        #"{"real":1.5,"precise":-2.25e-300,"yes":true,"text":"敖汉旗\n","rawBytes":"//4=","level":"LEVEL_LOW"}"#
    ),
    Case(
      "what is no number", "Kinds", text: "real: nan precise: -inf",
      json: #"{"real":"NaN","precise":"-Infinity"}"#),
    Case("a value that has no name", "Kinds", text: "level: 7", json: #"{"level":7}"#),
    Case("nothing", "Kinds", text: "", json: "{}"),
    Case(
      "lists", "Shapes",
      text:
        #"packed: [1, 300] unpacked: [0, -1] names: ["", "旗"] many: [{}, {i32: 1}] zigzags: [-1, 1] reals: [0.5]"#,
      json:
        #"{"packed":[1,300],"unpacked":[0,-1],"names":["","旗"],"many":[{},{"i32":1}],"zigzags":["-1","1"],"reals":[0.5]}"#
    ),
    Case(
      "maps", "Shapes",
      text:
        #"counts {key: "" value: 0} levels {key: true value: LEVEL_HIGH} kinds {key: -1 value {yes: true}}"#,
      json: #"{"counts":{"":"0"},"levels":{"true":"LEVEL_HIGH"},"kinds":{"-1":{"yes":true}}}"#),
    Case(
      "zeros that are stated", "Shapes", text: "stated: 0 number: 0",
      json: #"{"stated":0,"number":0}"#),
    Case(
      "messages in one another", "Shapes", text: "inner { inner { other {} } }",
      json: #"{"inner":{"inner":{"other":{}}}}"#),
    Case("a name for JSON", "Shapes", text: #"renamed: "a""#, json: #"{"called":"a"}"#),
    Case(
      "times", "Known",
      text: "at { seconds: 1530691200 nanos: 500000000 } took { seconds: -1 nanos: -1000 }",
      json: #"{"at":"2018-07-04T08:00:00.500Z","took":"-1.000001s"}"#),
    Case(
      "the first time", "Known", text: "at { seconds: -62135596800 } took {}",
      json: #"{"at":"0001-01-01T00:00:00Z","took":"0s"}"#),
    Case(
      "names of fields", "Known", text: #"mask { paths: ["document_id", "a.b_c"] }"#,
      json: #"{"mask":"documentId,a.bC"}"#),
    Case(
      "JSON in a message", "Known",
      text: """
        structure { fields { key: "a" value { list_value { values { null_value: NULL_VALUE } } } } }
        value { string_value: "旗" } list {} values { bool_value: false } values { number_value: 1.5 }
        """,
      json: #"{"structure":{"a":[null]},"value":"旗","list":[],"values":[false,1.5]}"#),
    Case(
      "values in wrappers", "Known",
      text:
        #"wrapped { value: 0 } name { value: "a" } raw { value: "a" } flag {} real { value: 2.5 }"#,
      json: #"{"wrapped":"0","name":"a","raw":"YQ==","flag":false,"real":2.5}"#),
    Case(
      "any message", "Known",
      text: "any { [type.googleapis.com/every.Kinds] { i32: 1 } } empty {}",
      json: #"{"any":{"@type":"type.googleapis.com/every.Kinds","i32":1},"empty":{}}"#),
    Case(
      "any message with a form of its own", "Known",
      text: "any { [type.googleapis.com/google.protobuf.Duration] { seconds: 1 } }",
      json: #"{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}}"#),
  ]

  @Test("are what protoc makes of them, both ways")
  func protoc() throws {
    let every = try EveryKind()
    for item in Self.cases {
      let bytes = try every.encode(item.text, as: item.type)
      #expect(
        try every.codec.decode(bytes, as: item.type).json.compactText == item.json,
        "\(item.testDescription)")
      let json = try #require(try JSONParser.documents(in: item.json.utf8).first)
      let encoded = try every.codec.encode(json, as: item.type)
      #expect(
        try every.decode(encoded, as: item.type) == every.decode(bytes, as: item.type),
        "\(item.testDescription)")
    }
  }

  @Test("may be written in other ways than they are shown")
  func liberal() throws {
    let codec = try EveryKind().codec
    let ways = [
      (
        "Kinds", #"{"i32": "5", "i64": 7, "u64": 1e3, "raw_bytes": "__4", "level": 2}"#,
        #"{"i32":5,"i64":"7","u64":"1000","rawBytes":"//4=","level":"LEVEL_HIGH"}"#
      ),
      (
        "Kinds", #"{"i32": null, "level": null, "real": "1.5", "u32": 1.0, "precise": 3}"#,
        #"{"u32":1,"real":1.5,"precise":3.0}"#
      ),
      (
        "Kinds", #"{"i64": 1000000000000000000e0, "u64": 1844674407370955161.5e1, "s32": -0.05e2}"#,
        #"{"i64":"1000000000000000000","u64":"18446744073709551615","s32":-5}"#
      ),
      (
        "Kinds", #"{"i32": 0e999999999999999999999, "s32": 0.00, "u32": 1200e-2}"#, #"{"u32":12}"#
      ),
      ("Kinds", #"{"i32": 0, "text": "", "yes": false, "precise": -0.0}"#, #"{"precise":-0.0}"#),
      (
        "Shapes",
        #"{"renamed": "a", "packed": [], "counts": {}, "inner": null, "other": null, "word": "b"}"#,
        #"{"word":"b","called":"a"}"#
      ),
      (
        "Known",
        #"{"at": "2018-07-04T16:00:00+08:00", "took": "1.5s", "value": null, "wrapped": null, "null": null}"#,
        #"{"at":"2018-07-04T08:00:00Z","took":"1.500s","value":null}"#
      ),
      ("Known", #"{"any": {}}"#, #"{"any":{}}"#),
      (
        "Known", #"{"any": {"@type": "a/google.protobuf.Empty", "value": {}}}"#,
        #"{"any":{"@type":"a/google.protobuf.Empty"}}"#
      ),
      (
        "Known", #"{"structure": {"a": null}, "values": [null], "list": [null, [null]]}"#,
        #"{"structure":{"a":null},"list":[null,[null]],"values":[null]}"#
      ),
    ]
    for (type, written, shown) in ways {
      let json = try #require(try JSONParser.documents(in: written.utf8).first)
      let bytes = try codec.encode(json, as: "every.\(type)")
      #expect(try codec.decode(bytes, as: "every.\(type)").json.compactText == shown)
    }
  }

  @Test("that come in pieces are one: the last value counts, messages are joined")
  func pieces() throws {
    let every = try EveryKind()
    let one = try every.encode(
      "inner {packed: 1 stated: 1} number: 1 counts {key: \"a\" value: 1}", as: "every.Shapes")
    let two = try every.encode(
      "inner {packed: 2} word: \"b\" counts {key: \"a\" value: 2}", as: "every.Shapes")
    #expect(
      try every.codec.decode(one + two, as: "every.Shapes").json.compactText
        == #"{"counts":{"a":"2"},"word":"b","inner":{"packed":[1,2],"stated":1}}"#)
    // A list that is written the other way.
    #expect(
      try every.codec.decode([8, 5, 0x12, 2, 6, 7], as: "every.Shapes").json.compactText
        == #"{"packed":[5],"unpacked":[6,7]}"#)
  }

  @Test("of types that nobody describes show their bytes, and are named")
  func missing() throws {
    let every = try EveryKind()
    let bytes = try every.encode(
      #"any { type_url: "type.googleapis.com/cn.nobody.Thing" value: "a" }"#, as: "every.Known")
    let decoded = try every.codec.decode(bytes, as: "every.Known")
    #expect(decoded.missing == ["cn.nobody.Thing"])
    #expect(
      decoded.json.compactText
        == #"{"any":{"@type":"type.googleapis.com/cn.nobody.Thing","value":"YQ=="}}"#)
    #expect(MessageCodec.anyTypes(in: decoded.json) == ["cn.nobody.Thing"])
  }

  private static var generated: [any SwiftProtobuf.Message] {
    var record = Duikou_V1_Record()
    record.type = "duikou.place"
    record.index = .max
    record.confidence = 0
    record.flags = ["elided", ""]
    record.evidence.text = "敖汉旗"
    record.evidence.end = 9
    let kinds: [Duikou_V1_Value.OneOf_Kind] = [
      .int(.min), .uint(.max), .double(.infinity), .string(""), .bytes(Data([0, 255])),
      .name(.with { $0.name = "county" }), .date(-1), .span(.with { $0.end = 1 }),
      .reference(.init()),
    ]
    record.fields = kinds.map { kind in
      .with {
        $0.name = "field"
        $0.value.kind = kind
      }
    }
    record.fields.append(.init())
    var finished = Duikou_V1_AnalyzeEvent()
    finished.documentID = "a"
    finished.finished.counts = ["duikou.place": 2, "duikou.agency": 0]
    var stage = Duikou_V1_AnalyzeEvent()
    stage.stage.elapsedNs = 1 << 60
    var plugin = Duikou_V1_Plugin()
    plugin.state = .quarantined
    plugin.reasonCode = -9
    plugin.methods = [.with { $0.uses = [.with { $0.reads = true }, .init()] }]
    plugin.types = [.with { $0.fields = [.with { $0.number = .max }] }]
    var unknown = Duikou_V1_Plugin()
    unknown.state = .UNRECOGNIZED(99)
    var part = Duikou_V1_PutDocumentRequest()
    part.chunk = Data()
    var list = Duikou_V1_ListRecordsResponse()
    list.records = [record, .init()]
    return [record, finished, stage, plugin, unknown, part, list, Duikou_V1_ListPluginsRequest()]
  }

  @Test("are those of the generated code, both ways")
  func swiftProtobuf() throws {
    var pool = DescriptorPool()
    for file in try APIDescriptors.files() { pool.add(file) }
    let codec = MessageCodec(pool)
    for message in Self.generated {
      let type = type(of: message)
      let bytes: [UInt8] = try message.serializedBytes()
      var options = JSONEncodingOptions()
      options.useDeterministicOrdering = true
      let expected = try JSONParser.documents(in: message.jsonString(options: options).utf8)
      let json = try codec.decode(bytes, as: type.protoMessageName).json
      #expect(json.sorted == expected.first?.sorted)
      let again = try codec.encode(json, as: type.protoMessageName)
      #expect(try type.init(serializedBytes: again).isEqualTo(message: message))
      #expect(try type.init(jsonUTF8Data: Data(json.indentedText.utf8)).isEqualTo(message: message))
    }
  }

  /// JSON that is not a message, and what is said of it.
  static let flaws = [
    ("Kinds", "[]", "$: expected an object, every.Kinds, found []"),
    (
      "Kinds", #"{"i32": "a"}"#,
      #"$.i32: expected a whole number from -2147483648 to 2147483647, found "a""#
    ),
    ("Kinds", #"{"u32": -1}"#, "$.u32: expected a whole number from 0 to 4294967295, found -1"),
    ("Kinds", #"{"i32": 2147483648}"#, "found 2147483648"),
    ("Kinds", #"{"i64": 1.5}"#, "$.i64: expected a whole number"),
    ("Kinds", #"{"i64": 9007199254740992.5}"#, "found 9007199254740992.5"),
    ("Kinds", #"{"i32": 2147483647.0000000001}"#, "found 2147483647.0000000001"),
    ("Kinds", #"{"u64": 1e20}"#, "found 1e20"),
    ("Kinds", #"{"i64": 1e999999999999999999999}"#, "found 1e999999999999999999999"),
    ("Kinds", #"{"i64": 1e-999999999999999999}"#, "found 1e-999999999999999999"),
    ("Kinds", #"{"i32": null, "i32": 2}"#, "$.i32: it stands twice"),
    ("Kinds", #"{"i64": " 1"}"#, #"found " 1""#), ("Kinds", #"{"i64": "0x1"}"#, #"found "0x1""#),
    ("Kinds", #"{"real": 1e39}"#, "$.real: expected a number of 32 bits"),
    ("Kinds", #"{"precise": "inf"}"#, "$.precise: expected a number of 64 bits"),
    ("Kinds", #"{"yes": 1}"#, "$.yes: expected true or false, found 1"),
    ("Kinds", #"{"text": 1}"#, "$.text: expected a string, found 1"),
    ("Kinds", #"{"rawBytes": "*"}"#, "$.rawBytes: expected bytes in base64"),
    (
      "Kinds", #"{"level": "LEVEL_HIHG"}"#,
      "$.level: expected a value of every.Level, such as LEVEL_HIGH"
    ),
    ("Kinds", #"{"levle": 1}"#, "$.levle: every.Kinds has no such field; near: level"),
    ("Kinds", #"{"zzzzzz": 1}"#, "it has i32, i64"),
    ("Kinds", #"{"rawBytes": "", "raw_bytes": ""}"#, "$.raw_bytes: it stands twice"),
    ("Shapes", #"{"packed": 1}"#, "$.packed: expected an array, found 1"),
    ("Shapes", #"{"packed": [1, null]}"#, "$.packed[1]: expected a whole number"),
    ("Shapes", #"{"many": [{}, {"yes": "a"}]}"#, "$.many[1].yes: expected true or false"),
    ("Shapes", #"{"counts": []}"#, "$.counts: expected an object, a map"),
    ("Shapes", #"{"kinds": {"a": {}}}"#, #"$.kinds["a"]: expected a whole number"#),
    ("Shapes", #"{"kinds": {"1": {}, "1": {}}}"#, #"$.kinds["1"]: it stands twice"#),
    ("Shapes", #"{"levels": {"yes": 0}}"#, #"$.levels["yes"]: expected true or false"#),
    ("Shapes", #"{"number": 1, "word": "a"}"#, "$.word: number is there too"),
    ("Known", #"{"at": "2018-02-30T00:00:00Z"}"#, "$.at: expected a time such as"),
    ("Known", #"{"at": "2018-02-03"}"#, "$.at: expected a time such as"),
    ("Known", #"{"took": "1"}"#, #"$.took: expected a duration such as "1.5s""#),
    ("Known", #"{"took": "315576000001s"}"#, "$.took: expected a duration"),
    ("Known", #"{"mask": "a_b"}"#, "$.mask: expected names of fields"),
    ("Known", #"{"wrapped": "a"}"#, "$.wrapped: expected a whole number"),
    ("Known", #"{"structure": 1}"#, "$.structure: expected an object, a map"),
    ("Shapes", #"{"many": [null]}"#, "$.many[0]: expected an object, every.Kinds, found null"),
    ("Shapes", #"{"kinds": {"1": null}}"#, #"$.kinds["1"]: expected an object"#),
    ("Shapes", #"{"counts": {"a": null}}"#, #"$.counts["a"]: expected a whole number"#),
    (
      "Wrapped", #"{"riw": [null]}"#,
      "$.riw[0]: expected a value, google.protobuf.Int32Value, found null"
    ),
    (
      "Wrapped", #"{"mw": {"a": null}}"#,
      #"$.mw["a"]: expected a value, google.protobuf.Int32Value, found null"#
    ),
    ("Wrapped", #"{"structures": [null]}"#, "$.structures[0]: expected a value"),
    ("Wrapped", #"{"lists": [[], null]}"#, "$.lists[1]: expected a value"),
    ("Known", #"{"any": {"i32": 1}}"#, "$.any: expected an object with @type"),
    (
      "Known", #"{"any": {"@type": "a/every.None"}}"#,
      "$.any: the server does not describe a/every.None"
    ),
    (
      "Known", #"{"any": {"@type": "a/every.Kinds", "i32": "b"}}"#,
      "$.any.i32: expected a whole number"
    ),
    (
      "Known", #"{"any": {"@type": "a/google.protobuf.Duration"}}"#,
      "$.any: expected only @type and value"
    ),
  ]

  @Test("are refused with the place, and what is expected there")
  func flaws() throws {
    let codec = try EveryKind().codec
    for (type, text, sentence) in Self.flaws {
      let json = try #require(try JSONParser.documents(in: text.utf8).first)
      let error = #expect(throws: DuikouError.self) {
        try codec.encode(json, as: "every.\(type)")
      }
      #expect(error?.code == .invalidArgument)
      #expect(error?.message.contains(sentence) == true, "\(error?.message ?? text)")
    }
  }

  @Test("lie at most a hundred deep in one another")
  func depth() throws {
    let codec = try EveryKind().codec
    func nested(_ depth: Int) -> JSONValue {
      (0..<depth).reduce(.object([])) { inner, _ in ["inner": inner] }
    }
    let deepest = try codec.encode(nested(99), as: "every.Shapes")
    #expect(try codec.decode(deepest, as: "every.Shapes").json == nested(99))
    let error = #expect(throws: DuikouError.self) {
      try codec.encode(nested(100), as: "every.Shapes")
    }
    #expect(error?.message.contains("more than 100 messages") == true)
    let length = UInt8(deepest.count & 0x7f) | 0x80
    let tooDeep = [12 << 3 | 2, length, UInt8(deepest.count >> 7)] + deepest
    #expect(throws: DuikouError.self) { try codec.decode(tooDeep, as: "every.Shapes") }
  }

  @Test("of any type lie at most a hundred deep in one another too")
  func depthOfAny() throws {
    let codec = try EveryKind().codec
    func nested(_ depth: Int) -> JSONValue {
      let innermost: JSONValue = ["@type": "a/every.Kinds", "i32": .number("1")]
      return (0..<depth).reduce(innermost) { inner, _ in
        ["@type": "a/google.protobuf.Any", "value": inner]
      }
    }
    let deepest = try codec.encode(nested(90), as: "google.protobuf.Any")
    #expect(try codec.decode(deepest, as: "google.protobuf.Any").json == nested(90))
    #expect(throws: DuikouError.self) {
      try codec.encode(nested(100), as: "google.protobuf.Any")
    }
  }

  @Test("are not shown where little of it would become gigabytes")
  func budget() throws {
    let every = try EveryKind()
    let codec = MessageCodec(every.codec.pool, valueLimit: 100)
    let messages =
      [
        ("packed numbers", { [0x0a, UInt8($0)] + [UInt8](repeating: 1, count: $0) }),
        ("empty messages", { Array([[UInt8]](repeating: [0x22, 0], count: $0).joined()) }),
        ("pieces of one message", { Array([[UInt8]](repeating: [0x62, 0], count: $0).joined()) }),
        (
          "text",
          {
            [0x1a, UInt8($0 * 63 & 0x7f) | 0x80, UInt8(($0 * 63) >> 7)]
              + [UInt8](repeating: 97, count: $0 * 63)
          }
        ),
      ] as [(String, (Int) -> [UInt8])]
    for (name, make) in messages {
      #expect(throws: Never.self) { try codec.decode(make(100), as: "every.Shapes") }
      let error = #expect(throws: DuikouError.self) {
        try codec.decode(make(104), as: "every.Shapes")
      }
      #expect(error?.code == .resourceExhausted, "\(name): \(error?.message ?? "")")
    }
    // Each Any holds all that lies in it once more.
    var nested: JSONValue = [
      "@type": "a/every.Kinds", "text": .string(String(repeating: "a", count: 500)),
    ]
    for _ in 0..<20 { nested = ["@type": "a/google.protobuf.Any", "value": nested] }
    let bytes = try every.codec.encode(nested, as: "google.protobuf.Any")
    let error = #expect(throws: DuikouError.self) {
      try codec.decode(bytes, as: "google.protobuf.Any")
    }
    #expect(error?.code == .resourceExhausted)
  }

  @Test("are never more than refused, whatever the JSON")
  func fuzzJSON() throws {
    let codec = try EveryKind().codec
    var random = SplitMix(state: 7)
    for item in Self.cases {
      for _ in 0..<300 {
        var bytes = Array(item.json.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
          bytes[Int.random(in: bytes.indices, using: &random)] = .random(
            in: 0x20...0x7e, using: &random)
        }
        for json in (try? JSONParser.documents(in: bytes)) ?? [] {
          guard let message = try? codec.encode(json, as: item.type) else { continue }
          _ = try codec.decode(message, as: item.type)
        }
      }
    }
  }

  @Test("are never more than refused, whatever the bytes")
  func fuzz() throws {
    let every = try EveryKind()
    var random = SplitMix(state: 20_180_704)
    for item in Self.cases {
      let whole = try every.encode(item.text, as: item.type)
      for round in 0..<400 {
        var bytes = round % 2 == 0 ? whole : []
        if bytes.isEmpty {
          bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
            .random(in: 0...255, using: &random)
          }
        } else {
          for _ in 0..<Int.random(in: 1...4, using: &random) {
            bytes[Int.random(in: bytes.indices, using: &random)] = .random(
              in: 0...255, using: &random)
          }
          if round % 4 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
        }
        for type in ["every.Kinds", "every.Shapes", "every.Known"] {
          guard let decoded = try? every.codec.decode(bytes, as: type) else { continue }
          _ = try JSONParser.documents(in: decoded.json.compactText.utf8)
        }
      }
    }
  }
}

extension JSONValue {
  /// The value with the members of its objects in the order of their names.
  fileprivate var sorted: JSONValue {
    switch self {
    case .null, .bool, .number, .string: self
    case .array(let values): .array(values.map(\.sorted))
    case .object(let members):
      .object(
        members.map { Member($0.key, $0.value.sorted) }.sorted { $0.key < $1.key })
    }
  }
}

/// Numbers that are the same in each run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
