import CDuikou
import Testing

@testable import DuikouModel

@Suite("What a call appends")
struct DeltaTests {
  @Test("becomes part of the image, behind what was there, with the run that made it")
  func extends() throws {
    let image = try Samples.image()
    let delta = try Calls.run(over: image) { _, call in
      guard let call else { return dk_status(DK_INTERNAL) }
      var ref = dk_ref()
      let person = call.pointee.append(call, UInt32(DK_PERSON), 1, &ref)
      person?.assumingMemoryBound(to: dk_person.self).pointee.name = call.pointee.intern(
        call, "宋宇", 6)
      let mention = call.pointee.append(call, UInt32(DK_MENTION), 1, nil)?
        .assumingMemoryBound(to: dk_mention.self)
      mention?.pointee.entity = ref
      mention?.pointee.row.evidence = dk_span(off: 0, len: 9)
      return dk_status(DK_OK)
    }
    #expect(delta.rowCount == 2)
    let larger = try image.extended(
      by: [.init(deltas: [delta], run: Self.run("a"))], schema: .domain)
    let people: Rows<dk_person> = larger.rows()
    #expect(people.map { larger.string($0.name) } == ["宋宇"])
    let mentions: Rows<dk_mention> = larger.rows()
    #expect(mentions.count == 3)
    #expect(larger.row(mentions[2].entity, as: dk_person.self) != nil)
    #expect(mentions[2].row.run == 1)
    #expect(larger.records(of: UInt32(DK_PERSON), schema: .domain)[0].producer == "a 1.0.0")
    _ = try Image(validating: Samples.bytes(of: larger), schema: .domain)
  }

  @Test("leaves an image that can be read back, however long the sentence of its run is")
  func longMessage() throws {
    var run = Self.run("a")
    run.status = .unavailable
    run.message = String(repeating: "字", count: 30_000)
    let larger = try Samples.image().extended(by: [.init(deltas: [], run: run)], schema: .domain)
    let read = try Image(validating: Samples.bytes(of: larger), schema: .domain)
    let message = read.rows(dk_run.self).first.flatMap { read.string($0.message) }
    #expect(message == String(repeating: "字", count: 1365))
  }

  @Test("of two calls over the same image stands side by side")
  func twoContributions() throws {
    let image = try Samples.image()
    let first = try Calls.run(over: image, Self.addsPlace("通辽市"))
    let second = try Calls.run(over: image, Self.addsPlace("兴安盟"))
    let larger = try image.extended(
      by: [
        .init(deltas: [first], run: Self.run("first")),
        .init(deltas: [second], run: Self.run("second")),
      ], schema: .domain)
    let places: Rows<dk_place> = larger.rows()
    #expect(places.map { larger.string($0.name) } == ["北京市", "赤峰市", "通辽市", "兴安盟"])
    let mentions: Rows<dk_mention> = larger.rows()
    let named = mentions.map {
      (larger.row($0.entity, as: dk_place.self)).map { larger.string($0.name) }
    }
    #expect(named == ["北京市", "赤峰市", "通辽市", "兴安盟"])
    #expect(mentions.map(\.row.run) == [0, 0, 1, 2])
    _ = try Image(validating: Samples.bytes(of: larger), schema: .domain)
  }

  @Test("of a second wave continues the first")
  func waves() throws {
    var image = try Samples.image()
    for name in ["一", "二", "三"] {
      let delta = try Calls.run(over: image, Self.addsPlace("通辽市"))
      image = try image.extended(
        by: [.init(deltas: [delta], run: Self.run(name))], schema: .domain)
      image = try Image(validating: Samples.bytes(of: image), schema: .domain)
    }
    #expect(image.count(of: UInt32(DK_PLACE)) == 5)
    #expect(image.rows(dk_run.self).map { image.string($0.plugin) } == ["一", "二", "三"])
  }

  @Test("may reuse a string of its image as the bytes of a content row")
  func oldStrings() throws {
    let image = try Samples.image()
    let types = Calls.domain + [(UInt32(DK_CONTENT), MemoryLayout<dk_content>.size)]
    let delta = try Calls.run(over: image, writing: types) { _, call in
      guard let call, let image = call.pointee.image,
        let document = dk_row_at(image, dk_find(image, UInt32(DK_DOCUMENT)), 0)
      else { return dk_status(DK_INTERNAL) }
      let rows = call.pointee.append(call, UInt32(DK_CONTENT), 3, nil)?
        .assumingMemoryBound(to: dk_content.self)
      rows?[0].bytes = document.assumingMemoryBound(to: dk_document.self).pointee.title
      rows?[1].bytes = call.pointee.intern(call, ";", 1)
      return dk_status(DK_OK)
    }
    var bytes: [UInt8] = []
    delta.forEachContent(over: image) { bytes += $0 }
    #expect(String(decoding: bytes, as: UTF8.self) == "标题;")
  }

  @Test("may repeat a string as content, but not beyond measure")
  func repeatedContent() throws {
    let image = try Samples.image()
    let types = [(UInt32(DK_CONTENT), MemoryLayout<dk_content>.size)]
    let few = try Calls.run(over: image, writing: types) { _, call in
      DeltaTests.repeatContent(call, rows: 64)
    }
    #expect(few.count(of: UInt32(DK_CONTENT)) == 64)
    let error = #expect(throws: DuikouError.self) {
      try Calls.run(over: image, writing: types) { _, call in
        DeltaTests.repeatContent(call, rows: 66)
      }
    }
    #expect(error?.code == .resourceExhausted)
  }

  /// Rows over one string of a MiB.
  private static func repeatContent(
    _ call: UnsafeMutablePointer<dk_call>?, rows count: UInt32
  ) -> dk_status {
    guard let call else { return dk_status(DK_INTERNAL) }
    let bytes = [CChar](repeating: 97, count: 1 << 20)
    let string = call.pointee.intern(call, bytes, 1 << 20)
    let rows = call.pointee.append(call, UInt32(DK_CONTENT), count, nil)?
      .assumingMemoryBound(to: dk_content.self)
    for index in 0..<Int(count) { rows?[index].bytes = string }
    return dk_status(DK_OK)
  }

  @Test("may state a string as it states a number, and may be an empty string")
  func harmless() throws {
    let image = try Samples.image()
    let delta = try Calls.run(over: image) { _, call in
      guard let place = DeltaTests.place(call), let call else { return dk_status(DK_INTERNAL) }
      place.pointee.row.has = 1 << 3
      place.pointee.name = call.pointee.intern(call, "", 0)
      return dk_status(DK_OK)
    }
    let larger = try image.extended(
      by: [.init(deltas: [delta], run: Self.run("a"))], schema: .domain)
    #expect(larger.rows(dk_place.self).last.map { larger.string($0.name) } == "")
  }

  @Test("has what its image may still grow by, and nothing beyond it")
  func budget() throws {
    let image = try Samples.image()
    let delta = try Calls.run(over: image, Self.addsPlace("通辽市"))
    let rows = MemoryLayout<dk_place>.size + MemoryLayout<dk_mention>.size
    let needed =
      rows + "通辽市".utf8.count + ImageBudget.deltaBytes + 2 * ImageBudget.segmentBytes
    try ImageBudget(needed, schema: .domain).take(delta)
    let short = ImageBudget(needed - 1, schema: .domain)
    #expect(throws: DuikouError.self) { try short.take(delta) }
    let wide = ImageBudget(needed + 7, schema: .domain, rowSizes: [UInt32(DK_PLACE): 80])
    let error = #expect(throws: DuikouError.self) { try wide.take(delta) }
    #expect(error?.code == .resourceExhausted)
    let twice = ImageBudget(2 * needed, schema: .domain)
    for _ in 0..<2 { try twice.take(delta) }
    #expect(throws: DuikouError.self) { try twice.take(delta) }
    #expect(twice.left == 0 && short.left == needed - 1)
  }

  @Test("fits into its budget also beside others that do not")
  func sharedBudget() async throws {
    let image = try Samples.image()
    let small = try Calls.run(over: image, Self.addsPlace("通辽市"))
    let greedy = try Calls.run(over: image) { _, call in
      _ = call?.pointee.append(call, UInt32(DK_PLACE), 1000, nil)
      return dk_status(DK_OK)
    }
    // Enough for all the small ones, and for none of the others.
    let budget = ImageBudget(70_000, schema: .domain)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          if number % 2 == 0 { try budget.take(small) } else { try? budget.take(greedy) }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("is given up where nobody waits for its check")
  func looks() throws {
    let image = try Samples.image()
    let error = #expect(throws: DuikouError.self) {
      try Calls.run(
        over: image, look: { () throws(DuikouError) in throw DuikouError(.cancelled, "gone") },
        Self.addsPlace("通辽市"))
    }
    #expect(error?.code == .cancelled)
  }

  /// A row that cannot be right, and a word of the sentence that tells it.
  struct Flaw: Sendable, CustomTestStringConvertible {
    var name: String
    var word: String
    var invoke: Calls.Invoke
    var testDescription: String { name }
  }

  @Test(
    "is refused where it cannot be right",
    arguments: [
      Flaw(name: "evidence beyond the text", word: "evidence") { _, call in
        DeltaTests.place(call)?.pointee.row.evidence = dk_span(off: 0, len: 9999)
        return dk_status(DK_OK)
      },
      Flaw(name: "evidence within a character", word: "character") { _, call in
        DeltaTests.place(call)?.pointee.row.evidence = dk_span(off: 1, len: 3)
        return dk_status(DK_OK)
      },
      Flaw(name: "text that is not UTF-8", word: "UTF-8") { _, call in
        guard let call else { return dk_status(DK_INTERNAL) }
        let bytes: [CChar] = [-1, -2]
        DeltaTests.place(call)?.pointee.name = call.pointee.intern(call, bytes, 2)
        return dk_status(DK_OK)
      },
      Flaw(name: "a string that was never interned", word: "pool") { _, call in
        DeltaTests.place(call)?.pointee.name = dk_str(off: 100_000, len: 4)
        return dk_status(DK_OK)
      },
      Flaw(name: "a string longer than a row's may be", word: "65536") { _, call in
        guard let call else { return dk_status(DK_INTERNAL) }
        let bytes = [CChar](repeating: 97, count: 65_537)
        DeltaTests.place(call)?.pointee.name = call.pointee.intern(call, bytes, 65_537)
        return dk_status(DK_OK)
      },
      Flaw(name: "a number that is none", word: "finite") { _, call in
        DeltaTests.place(call)?.pointee.lat = .infinity
        return dk_status(DK_OK)
      },
      Flaw(name: "a presence bit of no field", word: "presence") { _, call in
        DeltaTests.place(call)?.pointee.row.has = 1 << 63
        return dk_status(DK_OK)
      },
      Flaw(name: "a reference to nothing", word: "does not exist") { _, call in
        guard let call else { return dk_status(DK_INTERNAL) }
        let mention = call.pointee.append(call, UInt32(DK_MENTION), 1, nil)?
          .assumingMemoryBound(to: dk_mention.self)
        mention?.pointee.entity = dk_ref(type: UInt32(DK_PLACE), row: 99)
        return dk_status(DK_OK)
      },
    ])
  func refused(_ flaw: Flaw) throws {
    let image = try Samples.image()
    let error = #expect(throws: DuikouError.self) { try Calls.run(over: image, flaw.invoke) }
    #expect(error?.code == .dataLoss)
    #expect(error?.message.contains(flaw.word) == true, "\(error?.message ?? "")")
  }

  private static func place(
    _ call: UnsafeMutablePointer<dk_call>?
  ) -> UnsafeMutablePointer<dk_place>? {
    guard let call else { return nil }
    return call.pointee.append(call, UInt32(DK_PLACE), 1, nil)?
      .assumingMemoryBound(to: dk_place.self)
  }

  private static func addsPlace(_ name: String) -> Calls.Invoke {
    name == "通辽市"
      ? { _, call in DeltaTests.addPlace(call, "通辽市") }
      : { _, call in DeltaTests.addPlace(call, "兴安盟") }
  }

  private static func addPlace(
    _ call: UnsafeMutablePointer<dk_call>?, _ name: String
  ) -> dk_status {
    guard let call else { return dk_status(DK_INTERNAL) }
    var ref = dk_ref()
    let place = call.pointee.append(call, UInt32(DK_PLACE), 1, &ref)?
      .assumingMemoryBound(to: dk_place.self)
    place?.pointee.name = call.pointee.intern(call, name, UInt32(name.utf8.count))
    let mention = call.pointee.append(call, UInt32(DK_MENTION), 1, nil)?
      .assumingMemoryBound(to: dk_mention.self)
    mention?.pointee.entity = ref
    return dk_status(DK_OK)
  }

  private static func run(_ plugin: String) -> Image.Run {
    Image.Run(
      plugin: plugin, version: "1.0.0", method: "Test", status: .ok, message: "",
      elapsedNanoseconds: 5)
  }
}
