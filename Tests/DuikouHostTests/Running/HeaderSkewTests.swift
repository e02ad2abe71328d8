import CDuikou
import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A plugin's call")
struct HeaderSkewTests: RunnerCases {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("of a plugin built with another header fits", arguments: RunnerKind.allCases)
  func headerSkew(_ kind: RunnerKind) async throws {
    for skew in [HeaderSkew.newer, .older] {
      let include = try skew.headers(in: folder)
      let host = host(kind)
      let reader = try CompiledPlugin.compile(
        CompiledPlugin.source(
          id: "cn.example.\(skew)",
          body: """
            const dk_table *places = dk_find(call->image, DK_PLACE);
            if (!places || places->row_size < sizeof(dk_place)) return DK_FAILED_PRECONDITION;
            const dk_place *old = dk_row_at(call->image, places, 1);
            dk_place *place = call->append(call, DK_PLACE, 2, NULL);
            if (!place) return DK_INTERNAL;
            place[0].code = old->code + 1;
            place[1].code = old->code + 2;
            \(skew.check)
            return DK_OK;
            """), named: "lib\(skew).so", in: folder, include: include)
      let listing = try #require(try host.load(files: [reader]).first)
      #expect(listing.state == .active, "\(listing.reason?.message ?? "")")
      let registry = host.registry
      var builder = ImageBuilder(schema: registry.schema, rowSizes: registry.rowSizes)
      builder.append(document: "北京市".utf8, uri: "", title: "")
      for code in [UInt32(1), 41] {
        var place = dk_place()
        place.code = code
        place.lon = 1
        builder.append(place)
      }
      let image = try builder.build()
      let runner = try #require(registry.runners["cn.example.\(skew)"])
      let result = try await runner.call(
        CallRequest(method: 0, image: image, schema: registry.schema))
      let larger = try image.extended(
        by: [
          .init(
            deltas: result.deltas,
            run: .init(
              plugin: "a", version: "1", method: "T", status: .ok, message: "",
              elapsedNanoseconds: 1))
        ], schema: registry.schema, rowSizes: registry.rowSizes)
      #expect(larger.rows(dk_place.self).map(\.code) == [1, 41, 42, 43])
    }
  }
}

/// Headers of another day: those of a later minor, with one more field and one more member, and
/// those of an earlier one, without the last fields of a row.
private enum HeaderSkew: String {
  case newer
  case older

  /// What a plugin of that day checks in its call.
  var check: String {
    self == .newer
      ? """
      if (old->altitude != 0)
        return DK_DATA_LOSS;
      place[0].altitude = 5;
      """ : ""
  }

  func headers(in folder: TemporaryFolder) throws -> String {
    let target = "\(folder.path)/include-\(rawValue)"
    // The folder itself, should a link lead to it: the copy is going to be edited.
    let source = URL(fileURLWithPath: "\(Repository.root)/include").resolvingSymlinksInPath()
    try FileManager.default.copyItem(atPath: source.path, toPath: target)
    switch self {
    case .newer:
      try edit(
        "\(target)/duikou/records.h", "double lon, lat;", "double lon, lat; int64_t altitude;")
      try edit("\(target)/duikou/records.h", "sizeof(dk_place) == 72", "sizeof(dk_place) == 80")
      try edit(
        "\(target)/duikou/plugin.h", "void (*destroy)(void *self);",
        "void (*destroy)(void *self); const char *author;")
      try edit(
        "\(target)/duikou/plugin.h", "sizeof(dk_plugin) == DK_PLUGIN_SIZE_V1",
        "sizeof(dk_plugin) == 96")
    case .older:
      try edit("\(target)/duikou/records.h", "double lon, lat;", "")
      try edit(
        "\(target)/duikou/records.h",
        "sizeof(dk_place) == 72 && offsetof(dk_place, lon) == 56", "sizeof(dk_place) == 56")
    }
    return target
  }

  private func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old), "\(path) no longer has \(old)")
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }
}
