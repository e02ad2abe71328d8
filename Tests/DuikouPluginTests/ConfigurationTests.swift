import DuikouPlugin
import Testing

/// The kit's side of `create`, called as a host calls it.
@Suite("A plugin in Swift with a configuration", .serialized)
struct ConfigurationTests {
  private let plugin: dk_plugin

  init() {
    plugin =
      export(
        Told.self, configuration: HotelSettings.self, id: "cn.example.hotels", version: "1.0.0",
        summary: "Finds hotels."
      ).pointee
  }

  /// A row, and what is to come of it.
  struct Case: Sendable, CustomTestStringConvertible {
    var word: String?
    var list: [UInt8]?
    var stated: [Int] = []
    var least: Int32 = 0
    var status = DK_OK
    var told: String
    var testDescription: String { told }
  }

  /// A host that logs nothing.
  private static func host() -> dk_host {
    var host = dk_host()
    host.size = UInt32(MemoryLayout<dk_host>.size)
    host.log = { _, _, _, _ in }
    return host
  }

  private func create(_ image: Image?) -> (status: dk_status, instance: UnsafeMutableRawPointer?) {
    var instance: UnsafeMutableRawPointer?
    var host = Self.host()
    guard let image else { return (plugin.create(&host, nil, &instance), instance) }
    let status = image.withUnsafeBytes { bytes in
      plugin.create(
        &host, bytes.baseAddress?.assumingMemoryBound(to: dk_image.self), &instance)
    }
    return (status, instance)
  }

  /// The plugin's type as a host knows it: an image has no rows of others.
  private func schema() throws -> Schema {
    let type = plugin.types.pointee
    let fields = try (0..<Int(type.field_count)).map { index in
      let field = type.fields[index]
      return FieldDescriptor(
        name: String(cString: field.name), number: field.number, offset: Int(field.offset),
        kind: try #require(FieldDescriptor.Kind(rawValue: field.kind)))
    }
    var schema = Schema()
    try schema.add(
      TypeDescriptor(
        name: String(cString: type.name), id: type.id, size: Int(type.size), fields: fields))
    return schema
  }

  @Test("names its row type, which is among its types")
  func describes() {
    #expect(plugin.config == HotelSettings.typeID && plugin.type_count == 1)
    #expect(plugin.types.pointee.id == plugin.config && plugin.types.pointee.field_count == 5)
    #expect(plugin.types.pointee.fields[4].kind == UInt32(DK_BYTES))
  }

  @Test(
    "makes its methods from what is set, or says why it cannot",
    arguments: [
      Case(told: "nothing, any, any, any"),
      Case(word: "", told: ", any, any, any"),
      Case(word: "宾馆", stated: [2], told: "宾馆, 7, any, any"),
      Case(stated: [3, 4], told: "nothing, any, 0, 0.5"),
      Case(list: [0xff, 0], told: "nothing, any, any, any, [255, 0]"),
      Case(stated: [3], least: -1, status: DK_OUT_OF_RANGE, told: "nothing, any, -1, any"),
      Case(stated: [3], least: -2, status: DK_UNKNOWN, told: "nothing, any, -2, any"),
    ])
  func makes(_ given: Case) throws {
    var builder = ImageBuilder(schema: try schema())
    var row = HotelSettings()
    row.most = 7
    row.least = given.least
    row.share = 0.5
    if let word = given.word { row.word = builder.intern(word) }
    if let list = given.list { row.list = builder.intern(bytes: list) }
    for number in given.stated { row.state(number) }
    builder.append(row)
    let made = create(try builder.build())
    #expect(Int(made.status) == given.status && Told.last.withLock { $0 } == given.told)
    #expect((made.instance == nil) == (given.status != DK_OK))
    #expect(Told.living.withLock { $0 } == (made.instance == nil ? 0 : 1))
    plugin.destroy(made.instance)
    #expect(Told.living.withLock { $0 } == 0)
  }

  @Test("has nothing set where the host has no configuration")
  func lacks() {
    let made = create(nil)
    #expect(made.status == DK_OK && Told.last.withLock { $0 } == "nothing, any, any, any")
    plugin.destroy(made.instance)
  }
}
