import DuikouAPI
import DuikouHost
import DuikouModel
import DuikouPipeline
import DuikouTagger
import DuikouWire
import Foundation

/// What `--format json` prints: stable keys, sorted, one document a run.
enum JSONOutput {
  static func analysis(_ results: [DocumentResult], _ errors: [InputError]) -> String {
    encode([
      "documents": .list(results.map(document)),
      "errors": list(errors),
    ])
  }

  private static func list(_ errors: [InputError]) -> Value {
    .list(
      errors.map {
        .object([
          "path": .string($0.path), "code": .string($0.error.code.description),
          "message": .string($0.error.message),
        ])
      })
  }

  static func plugins(_ overview: PluginOverview) -> String {
    encode([
      "plugins": .list(overview.plugins.map { .object(fields($0)) }),
      "missing": .list(overview.missing.map(Value.string)),
    ])
  }

  /// One line.
  static func change(_ change: String, _ plugin: PluginInfo) -> String {
    encode(["change": .string(change), "plugin": .object(fields(plugin))], isPretty: false)
  }

  static func signatures(_ report: SignatureReport) -> String {
    encode([
      "signatures": .list(
        report.rows.map {
          .object([
            "file": .string($0.file), report.column.rawValue: .string($0.by),
            "sha256": .string($0.sha256),
          ])
        }),
      "errors": list(report.errors),
    ])
  }

  static func plugin(_ plugin: PluginInfo) -> String {
    encode(fields(plugin))
  }

  static func audit(_ entries: [Duikou_V1_AuditEntry]) -> String {
    encode([
      "entries": .list(
        entries.map {
          .object([
            "number": .int($0.number), "atMs": .int($0.atMs), "event": .string($0.event),
            "caller": .string($0.caller), "object": .string($0.object),
            "reason": .string($0.reason), "times": .int(Int64($0.times)),
          ])
        })
    ])
  }

  static func protections(_ protections: Protections) -> String {
    encode([
      "protections": .list(
        protections.entries.map {
          .object([
            "name": .string($0.name), "state": .string($0.state.rawValue),
            "detail": .string($0.detail),
          ])
        })
    ])
  }

  static func training(_ report: TaggerReport) -> String {
    func counts(_ counts: TaggerScores.Counts) -> [String: Value] {
      [
        "right": .int(Int64(counts.right)), "spurious": .int(Int64(counts.spurious)),
        "missed": .int(Int64(counts.missed)), "precision": .double(counts.precision),
        "recall": .double(counts.recall), "f1": .double(counts.f1),
      ]
    }
    return encode([
      "model": .object([
        "bytes": .int(Int64(report.model.bytes.count)),
        "features": .int(Int64(report.model.featureCount)),
        "files": .list(report.files.map(Value.string)),
      ]),
      "heldOutSentences": .int(Int64(report.heldOut.sentences.count)),
      "total": .object(counts(report.scores.total)),
      "types": .list(
        report.scores.types.map { type, score in
          .object(counts(score).merging(["type": .string(type)]) { first, _ in first })
        }),
    ])
  }

  static func services(_ services: [ServiceType]) -> String {
    encode([
      "services": .list(
        services.map { service in
          .object([
            "name": .string(service.name),
            "methods": .list(
              service.methods.map {
                .object([
                  "name": .string($0.name), "input": .string($0.input),
                  "output": .string($0.output), "clientStreaming": .bool($0.isClientStreaming),
                  "serverStreaming": .bool($0.isServerStreaming), "summary": .string($0.summary),
                ])
              }),
          ])
        })
    ])
  }

  static func symbols(_ symbols: [DescribedSymbol]) -> String {
    encode([
      "symbols": .list(
        symbols.map {
          .object([
            "name": .string($0.name), "file": .string($0.file), "proto": .string($0.proto),
          ])
        })
    ])
  }

  /// A JSON value, for what has no fixed shape.
  indirect enum Value: Codable {
    case string(String)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case bool(Bool)
    case list([Value])
    case object([String: Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Int64.self) {
        self = .int(value)
      } else if let value = try? container.decode(UInt64.self) {
        self = .uint(value)
      } else if let value = try? container.decode(Double.self) {
        self = .double(value)
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
      } else if let value = try? container.decode([Value].self) {
        self = .list(value)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .string(let value): try container.encode(value)
      case .int(let value): try container.encode(value)
      case .uint(let value): try container.encode(value)
      case .double(let value): try container.encode(value)
      case .bool(let value): try container.encode(value)
      case .list(let value): try container.encode(value)
      case .object(let value): try container.encode(value)
      }
    }
  }

  private static func encode(_ object: [String: Value], isPretty: Bool = true) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    guard let data = try? encoder.encode(Value.object(object)) else { return "{}\n" }
    return escaped(String(decoding: data, as: UTF8.self)) + "\n"
  }

  /// The encoder leaves control characters above ASCII as they are, and those that turn text.
  private static func escaped(_ json: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in json.unicodeScalars {
      switch scalar.value {
      case 0x7f..<0xa0, 0x2028...0x202e, 0x2066...0x2069:
        let digits = String(scalar.value, radix: 16)
        text += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars
      default: text.append(scalar)
      }
    }
    return String(text)
  }

  private static func document(_ result: DocumentResult) -> Value {
    .object([
      "id": .string(result.id), "uri": .string(result.uri), "title": .string(result.title),
      "records": .list(result.records().map(record)),
      "failures": .list(
        result.failures.map {
          .object([
            "plugin": .string($0.plugin), "method": .string($0.method),
            "code": .string($0.code.description), "message": .string($0.message),
          ])
        }),
    ])
  }

  private static func record(_ record: Record) -> Value {
    var object: [String: Value] = [
      "type": .string(record.type), "index": .int(Int64(record.index)),
      "fields": .object(
        Dictionary(record.fields.map { ($0.name, value($0.value)) }) { first, _ in first }),
      "flags": .list(record.flags.map { .string($0) }), "producer": .string(record.producer),
    ]
    if let evidence = record.evidence { object["evidence"] = self.evidence(evidence) }
    if let confidence = record.confidence { object["confidence"] = .double(confidence) }
    return .object(object)
  }

  private static func value(_ value: Record.Value) -> Value {
    switch value {
    case .int(let number): .int(number)
    case .uint(let number): .uint(number)
    case .double(let number): .double(number)
    case .string(let string): .string(string)
    case .bytes(let bytes): .string(Data(bytes).base64EncodedString())
    case .name(let name, _): .string(name)
    case .date: .string(value.description)
    case .span(let evidence): self.evidence(evidence)
    case .reference(let type, let index):
      .object(["type": .string(type), "index": .int(Int64(index))])
    }
  }

  private static func evidence(_ evidence: Record.Evidence) -> Value {
    var object: [String: Value] = [
      "start": .int(Int64(evidence.range.lowerBound)),
      "end": .int(Int64(evidence.range.upperBound)), "text": .string(evidence.text),
    ]
    if evidence.text.utf8.count < evidence.range.count { object["cut"] = .bool(true) }
    if let source = evidence.source { object["source"] = self.source(source) }
    return .object(object)
  }

  private static func source(_ source: Record.Source) -> Value {
    var object: [String: Value] = [:]
    if let part = source.part { object["part"] = .string(part) }
    for (name, number) in [
      ("page", source.page), ("table", source.table), ("line", source.line),
      ("column", source.column),
    ] {
      if let number { object[name] = .int(Int64(number)) }
    }
    return .object(object)
  }

  private static func fields(_ plugin: PluginInfo) -> [String: Value] {
    var object: [String: Value] = [
      "path": .string(plugin.path), "sha256": .string(plugin.sha256),
      "state": .string(plugin.state), "isolation": .string(plugin.isolation),
      "setAsideDocuments": .int(Int64(plugin.setAsideDocuments)),
    ]
    if let reason = plugin.reason {
      object["reason"] = .object([
        "code": .string(reason.code.description), "message": .string(reason.message),
      ])
    }
    if let replacement = plugin.replacement {
      object["replacement"] = .object([
        "code": .string(replacement.code.description), "message": .string(replacement.message),
      ])
    }
    if plugin.generation > 0 { object["generation"] = .int(Int64(plugin.generation)) }
    if !plugin.signer.isEmpty { object["signer"] = .string(plugin.signer) }
    if let activity = plugin.activity { object["activity"] = self.activity(activity) }
    guard let id = plugin.id else { return object }
    if let data = plugin.configurationSchema.data(using: .utf8),
      let schema = try? JSONDecoder().decode(Value.self, from: data)
    {
      object["configuration"] = .object([
        "type": .string(plugin.configurationType), "schema": schema,
      ])
    }
    object["id"] = .string(id)
    object["version"] = .string(plugin.version)
    object["summary"] = .string(plugin.summary)
    object["abi"] = .object([
      "built": .int(Int64(plugin.abiBuilt)), "needed": .int(Int64(plugin.abiNeeded)),
    ])
    object["methods"] = .list(plugin.methods.map(method))
    object["types"] = .list(plugin.types.map(type))
    return object
  }

  private static func activity(_ activity: PluginInfo.Activity) -> Value {
    var object: [String: Value] = [
      "calls": .int(Int64(activity.calls)), "failures": .int(Int64(activity.failures)),
      "running": .int(Int64(activity.running)), "starts": .int(Int64(activity.starts)),
      "latencyP50Ns": .int(activity.p50), "latencyP99Ns": .int(activity.p99),
    ]
    if !activity.lastFailure.isEmpty {
      object["lastFailure"] = .object([
        "atMs": .int(activity.lastFailureMilliseconds), "message": .string(activity.lastFailure),
      ])
    }
    return .object(object)
  }

  private static func method(_ method: PluginInfo.Method) -> Value {
    .object([
      "name": .string(method.name), "summary": .string(method.summary),
      "role": .string(method.role), "media": .string(method.media),
      "concurrency": .int(Int64(method.concurrency)), "batched": .bool(method.isBatched),
      "uses": .list(
        method.uses.map {
          .object([
            "type": .string($0.type), "reads": .bool($0.reads), "writes": .bool($0.writes),
            "required": .bool($0.isRequired),
          ])
        }),
    ])
  }

  private static func type(_ type: PluginInfo.RowType) -> Value {
    .object([
      "name": .string(type.name), "summary": .string(type.summary), "id": .uint(UInt64(type.id)),
      "size": .int(Int64(type.size)),
      "fields": .list(
        type.fields.map {
          .object([
            "name": .string($0.name), "number": .uint(UInt64($0.number)),
            "kind": .string($0.kind), "unit": .string($0.unit), "key": .bool($0.isKey),
            "summary": .string($0.summary),
          ])
        }),
    ])
  }
}
