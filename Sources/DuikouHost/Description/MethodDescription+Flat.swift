import CDuikou
import DuikouModel

extension MethodDescription {
  /// Reads and checks a method of the plugin `id`. Throws `invalidArgument`, or `dataLoss`.
  init(reading reader: inout FlatReader, of id: String) throws(DuikouError) {
    let name = try reader.string()
    let summary = try reader.string() ?? ""
    let media = try reader.string() ?? ""
    let rawRole = try reader.u32()
    let flags = try reader.u32()
    let concurrency = try reader.u32()
    let hasInvoke = try reader.u32() != 0
    let request = try reader.u32()
    let response = try reader.u32()
    let uses = try reader.list { (reader) throws(DuikouError) in
      RawUse(type: try reader.u32(), rowSize: try reader.u32(), access: try reader.u32())
    }
    guard let name, Self.isName(name) else {
      throw DuikouError(.invalidArgument, "\(id): a method's name is not in UpperCamelCase")
    }
    guard let role = Role(rawValue: rawRole) else {
      throw DuikouError(
        .invalidArgument, "\(id)/\(name): role \(rawRole) is not known to this host")
    }
    guard hasInvoke else {
      throw DuikouError(.invalidArgument, "\(id)/\(name): it has no invoke function")
    }
    self.init(
      name: name, summary: summary, media: media, role: role,
      isPure: flags & UInt32(DK_PURE) != 0, isStreaming: flags & UInt32(DK_STREAMING) != 0,
      isBatched: flags & UInt32(DK_BATCHED) != 0,
      concurrency: Int(concurrency), request: request, response: response)
    guard uses.count <= Self.mostUses else {
      throw DuikouError(
        .invalidArgument,
        "\(id)/\(name): it lists \(uses.count) row types; at most \(Self.mostUses) are taken")
    }
    for use in uses { try add(use, of: id) }
    if role == .report { try checkReport(of: id) }
    if role == .reader { try checkReader(of: id) }
    try checkMessages(of: id)
  }

  private static let mostUses = 64

  private struct RawUse {
    var type: UInt32
    var rowSize: UInt32
    var access: UInt32
  }

  private mutating func add(_ use: RawUse, of id: String) throws(DuikouError) {
    guard use.access & UInt32(DK_READ_ALL) == 0 else {
      readsAll = true
      return
    }
    guard use.type != 0, use.rowSize >= 32, use.rowSize % 8 == 0, use.rowSize <= 1 << 16 else {
      throw DuikouError(
        .invalidArgument,
        "\(id)/\(name): a use of row type \(hexadecimal(use.type)) has a row size of "
          + "\(use.rowSize); set it to sizeof the row")
    }
    let isWrite = use.access & UInt32(DK_WRITE) != 0
    guard !isWrite || ![DK_DOCUMENT, DK_RUN].contains(Int(use.type)) || role == .reader else {
      throw DuikouError(
        .invalidArgument, "\(id)/\(name): only the host writes documents and runs")
    }
    guard !isWrite || use.type != UInt32(DK_PIECE) || role == .reader else {
      throw DuikouError(.invalidArgument, "\(id)/\(name): only readers write duikou.piece")
    }
    guard !isWrite || use.type != UInt32(DK_CONTENT) || ![.extractor, .analyzer].contains(role)
    else {
      throw DuikouError(
        .invalidArgument, "\(id)/\(name): extractors and analyzers write no duikou.content")
    }
    guard !uses.contains(where: { $0.type == use.type }) else {
      throw DuikouError(
        .invalidArgument,
        "\(id)/\(name): it lists row type \(hexadecimal(use.type)) twice; join the two")
    }
    uses.append(
      Use(
        type: use.type, rowSize: Int(use.rowSize),
        isRequired: use.access & UInt32(DK_READ) != 0,
        reads: use.access & UInt32(DK_READ | DK_USE) != 0, writes: isWrite))
  }

  private func checkReport(of id: String) throws(DuikouError) {
    guard !media.isEmpty else {
      throw DuikouError(.invalidArgument, "\(id)/\(name): a report names its media type")
    }
    guard uses.contains(where: { $0.writes && $0.type == UInt32(DK_CONTENT) }) else {
      throw DuikouError(
        .invalidArgument, "\(id)/\(name): a report declares to write duikou.content")
    }
  }

  private func checkReader(of id: String) throws(DuikouError) {
    guard !media.isEmpty else {
      throw DuikouError(.invalidArgument, "\(id)/\(name): a reader names the media types it takes")
    }
    guard uses.contains(where: { $0.writes && $0.type == UInt32(DK_PIECE) }) else {
      throw DuikouError(
        .invalidArgument, "\(id)/\(name): a reader declares to write duikou.piece")
    }
  }

  private func checkMessages(of id: String) throws(DuikouError) {
    guard request != 0 || response != 0 else { return }
    guard role == .custom else {
      throw DuikouError(
        .invalidArgument,
        "\(id)/\(name): only a custom method names a request and a response; set them to 0")
    }
    guard request == 0 || uses.contains(where: { $0.type == request && $0.reads }),
      response == 0 || uses.contains(where: { $0.type == response && $0.writes })
    else {
      throw DuikouError(
        .invalidArgument,
        "\(id)/\(name): its request is not among the types that it reads, or its response not among "
          + "those that it writes; add them to its uses")
    }
  }

  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, (0x41...0x5a).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || (0x30...0x39).contains($0)
    }
  }
}
