import DuikouHost
import DuikouModel
import TestSupport
import Testing

@Suite("Places")
struct PlaceTests {
  private let setup: ConfiguredHost

  init() throws { setup = try ConfiguredHost() }

  private func load(divisions: [String] = []) throws -> PluginListing {
    let entries = try divisions.enumerated().map { number, list in
      let key = number == 0 ? "divisions" : "divisions_\(number + 1)"
      return try setup.entry(key, file: "divisions-\(number).csv", list, line: 3 + number)
    }
    setup.configure("org.duikou.places", entries)
    let files = Repository.pluginFiles(["places"])
    return try setup.load(files, for: files[0])
  }

  /// The divisions of a text, each with its code and the words of its mentions.
  private func places(in text: String, divisions: [String] = []) async throws -> [String] {
    try #require(try load(divisions: divisions).state == .active, "\(setup.log.all)")
    return try await setup.records(in: text, named: "places.txt").filter {
      $0.type == "duikou.place"
    }
    .map { "\($0["code"]?.description ?? "") \($0["name"]?.description ?? "")" }
  }

  @Test(
    "are found by the names they had before",
    arguments: [
      ("密云县与延庆县2010年签约。", ["110118 密云区", "110119 延庆区"]),
      ("1998年，伊克昭盟和哲里木盟来京推介。", ["150600 鄂尔多斯市", "150500 通辽市"]),
      ("崇文区对口帮扶集宁市。", ["110101 东城区", "150902 集宁区"]),
      ("呼盟的草原", []),
    ])
  func formerNames(text: String, expected: [String]) async throws {
    #expect(try await places(in: text) == expected)
  }

  @Test(
    "that others bear too are those of the provinces that the text is about",
    arguments: [
      ("朝阳区开展京蒙协作调研。", ["110105 朝阳区"]), ("朝阳区开展协作调研。", []),
    ])
  func hints(text: String, expected: [String]) async throws {
    #expect(try await places(in: text) == expected)
  }

  @Test(
    "are those of an office's own list as well, a county of the other end of the country among them",
    arguments: [
      ("昆明市五华区与赤峰市敖汉旗签约。", ["530100 昆明市", "530102 五华区", "150400 赤峰市", "150430 敖汉旗"]),
      ("五华区的干部", ["530102 五华区"]),
      // 青山区 is Wuhan's and Baotou's now.
      ("青山区的干部", []), ("包头市青山区的干部", ["150200 包头市", "150204 青山区"]),
      ("武汉市青山区的干部", ["420100 武汉市", "420107 青山区"]),
      // 云南省 has 官渡 in front only.
      ("官渡的干部", []), ("昆明市官渡的干部", ["530100 昆明市", "530111 官渡区"]),
      ("旧名区的干部", ["530112 西山区"]),
    ])
  func ownList(text: String, expected: [String]) async throws {
    let first = """
      \u{feff}name,code,note
      五华区,530102,x
      "青山区","420107",
      市辖区,420101,
      """
    let second = """
      code,name,valid_from,valid_until,lon,lat
      530111,官渡区,,,102.7,25.0
      530112,西山区,,,,
      530112,旧名区,,1990,,
      """
    #expect(try await places(in: text, divisions: [first, second]) == expected)
  }

  @Test(
    "of a list that is wrong keep the plugin from running, and the reason says which line",
    arguments: [
      ("名称,代码\n五华区,530102", "divisions: the first line lacks the column code or name"),
      ("code,name\n530102,五华区\n5301,官渡区", "line 3 has no code of six digits, but “5301”"),
      ("code,name,valid_from,valid_until\n530102,五华区,2000,1990", "line 2 ends in 1990"),
    ])
  func wrongList(list: String, message: String) throws {
    let listing = try load(divisions: [list])
    #expect(listing.state != .active)
    let isReason = listing.reason?.message.contains(message) == true
    #expect(isReason || setup.log.has(message), "\(setup.log.all)")
  }
}
