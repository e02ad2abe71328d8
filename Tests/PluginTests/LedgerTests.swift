import DuikouHost
import DuikouModel
import TestSupport
import Testing

@Suite("A ledger")
struct LedgerTests {
  private let setup: ConfiguredHost

  init() throws { setup = try ConfiguredHost() }

  private func load(columns: String? = nil) throws -> PluginListing {
    if let columns {
      let entry = PluginSection.Entry(
        key: "columns", value: .text(columns, isQuoted: true), line: 3)
      setup.configure("org.duikou.ledgers", [entry])
    }
    let reader = try CompiledPlugin.compile(
      CellReader.source, named: "libcells.so", in: setup.folder)
    let ledgers = Repository.pluginFiles(["ledgers"])
    let others = Repository.pluginFiles(["places", "agencies", "quantities"])
    return try setup.load([reader] + others + ledgers, for: ledgers[0])
  }

  /// The records of some types that come of a table, each as a line, sorted.
  private func records(
    _ table: String, _ types: String..., columns: String? = nil
  ) async throws -> [String] {
    try #require(try load(columns: columns).state == .active)
    let records = try await setup.records(in: table + "\n", named: "ledger.tsv")
    func text(_ value: Record.Value) -> String {
      guard case .reference(let type, let index) = value else { return value.description }
      let target = records.first { $0.type == type && $0.index == index }
      return target?["name"]?.description ?? "?"
    }
    return records.filter { types.contains(String($0.type.dropFirst("duikou.".count))) }.map {
      $0.fields.map { "\($0.name)=\(text($0.value))" }.sorted().joined(separator: " ")
    }.sorted()
  }

  @Test("has cells that hold for all the rows that they cover, and no others")
  func merged() async throws {
    let table = """
      {1,5}2019年京蒙旅游扶贫协作项目台账
      序号|旗县|项目名称|投资额（万元）|进展情况
      1|{2,1}敖汉旗|旅游驿站|1,200.50|已完工
      2|^|沙地营地|３００|未开工
      3|奈曼旗|{2,1}宝古图营地|20|在建
      4|^|^|30|在建
      5|宁城县|温泉民宿|{2,1}90|已完成60%
      6|宁城县|滑雪场|^|拟建
      """
    #expect(
      try await records(table, "project") == [
        "amount=1200500000 name=旅游驿站 place=敖汉旗 status=done",
        "amount=300000000 name=沙地营地 place=敖汉旗 status=planned",
        "name=宝古图营地 place=奈曼旗 status=running",
        "name=温泉民宿 place=宁城县 status=running",
        "name=滑雪场 place=宁城县 status=planned",
      ])
  }

  @Test(
    "has a header of several rows, with merged cells or without",
    arguments: [
      "{2,1}旗县|{2,1}项目名称|{1,2}资金（万元）|^|{2,1}人数（人）\n^|^|合计|京方|^",
      "旗县|项目名称|资金（万元）|^|人数（人）\n^|^|合计|京方|^",
      "{3,1}旗县|{3,1}项目名称|{1,2}资金|^|{3,1}人数（人）\n^|^|{1,2}（万元）|^\n^|^|合计|京方|^",
    ])
  func stacked(header: String) async throws {
    let row = "敖汉旗|旅游驿站|500|200|35"
    #expect(
      try await records("\(header)\n\(row)", "project", "figure") == [
        "amount=500000000 name=旅游驿站 place=敖汉旗",
        "indicator=人数 scope=敖汉旗 unit=人 value=35",
        "indicator=资金/京方 scope=敖汉旗 unit=元 value=2000000",
        "indicator=资金/合计 scope=敖汉旗 unit=元 value=5000000",
      ])
  }

  @Test(
    "has the unit that stands above it",
    arguments: [
      "# 单位：万元\n", "{1,3}台账\n^|^|单位：万元\n", "{1,3}协作资金台账（万元）\n",
      "# 协作资金台账\n# （金额单位：万元）\n", "填报单位：某局|金额单位：万元|\n",
      "填报单位：某局|日期：2019年|单位：万元\n",
    ])
  func units(above: String) async throws {
    let table = above + "项目名称|投资额|备注\n旅游驿站|12.5|"
    #expect(
      try await records(table, "figure") == ["indicator=投资额 unit=元 value=125000"])
  }

  @Test("has rows that are no projects: sums, notes, titles, numbers of columns, the header again")
  func otherRows() async throws {
    let table = """
      序号|项目名称|投资额（万元）|受益人数（人）
      1|2|3|4
      {1,4}一、赤峰市
      1|旅游驿站|10|3
      {1,2}赤峰市小计|^|10|3
      序号|项目名称|投资额（万元）|受益人数（人）
      2|说明书编制项目|20|4
      {1,2}合 计：|^|30|7
      注：资金为计划数。
      填表人：宋宇|^|联系电话：|010
      """
    #expect(
      try await records(table, "project", "figure")
        == [
          "amount=10000000 name=旅游驿站", "amount=20000000 name=说明书编制项目",
          "indicator=受益人数 unit=人 value=3", "indicator=受益人数 unit=人 value=4",
          "indicator=投资额 unit=元 value=100000", "indicator=投资额 unit=元 value=200000",
        ].sorted())
  }

  @Test("has tasks, with who speaks and when they are due; the title says the year")
  func tasks() async throws {
    let table = """
      {1,3}2019年重点任务台账
      工作任务|责任单位|完成时限
      组织推介会|{2,1}北京市文化和旅游局|6月底前
      培训人员|^|2019-12
      验收|敖汉旗|2019/3/5
      """
    #expect(
      try await records(table, "commitment") == [
        "action=培训人员 due=2019-12-31 kind=plan speaker=北京市文化和旅游局",
        "action=组织推介会 due=2019-06-30 kind=plan speaker=北京市文化和旅游局",
        "action=验收 due=2019-03-05 kind=plan speaker=敖汉旗",
      ])
  }

  @Test(
    "has figures that no other plugin finds, each once, and those that are no figures not at all")
  func figures() async throws {
    let table = """
      项目名称|投资额（万元）|占比（%）|人数（人）
      甲驿站|300万元|85%|-
      乙驿站|50-60|85.5|约１２０
      丙驿站|2019年|/|
      """
    let figures = try await records(table, "figure").filter { $0.contains("unit=") }
    let own = [
      "exponent=-1 indicator=占比 unit=% value=855", "indicator=人数 unit=人 value=120",
      "indicator=投资额 unit=元 upper=600000 value=500000",
    ]
    #expect(figures.filter(own.contains) == own)
    #expect(figures.count == own.count + 2, "\(figures)")
  }

  @Test("is each sheet on its own, and none is one without a header that is known")
  func sheets() async throws {
    let table = """
      项目名称|旗县
      旅游驿站|敖汉旗
      == 2
      姓名|电话|说
      王芳|010|项目名称
      == 3
      项目名称|金额（元）
      沙地营地|5
      """
    #expect(
      try await records(table, "project") == [
        "amount=500 name=沙地营地", "name=旅游驿站 place=敖汉旗",
      ])
  }

  @Test("has the columns that an office names, with the unit that it says")
  func ownColumns() async throws {
    let table = "工程|总盘子|牵头|任务\n旅游驿站|20|敖汉旗|建成"
    let columns = "工程=project.name; 总盘子（万元）=project.amount；牵头 = commitment.speaker;"
    #expect(
      try await records(table, "project", "commitment", columns: columns) == [
        "action=建成 kind=plan speaker=敖汉旗", "amount=20000000 name=旅游驿站",
      ])
  }

  @Test(
    "is not read with columns that are wrong, and the log says which and what there is",
    arguments: [
      ("工程=project.title", "columns: 工程=project.title is no header with a field"),
      ("工程", "the fields are project.name, project.owner"),
      ("备注=none; =figure", "columns: =figure has no header before the ="),
      ("工程=none; 工程(元)=figure", "names a header that another pair names"),
    ])
  func wrongColumns(columns: String, message: String) throws {
    let listing = try load(columns: columns)
    #expect(listing.state != .active)
    let reason = try #require(listing.reason)
    #expect(reason.code == .invalidArgument, "\(reason)")
    #expect(setup.log.has(message), "\(setup.log.all)")
  }

  @Test(
    "has rows of numbers that are no numbering of its columns",
    arguments: ["9223372036854775807|5", "9223372036854775807|-9223372036854775808", "2|4"])
  func numbers(row: String) async throws {
    let table = "项目名称|投资额（万元）\n\(row)\n旅游驿站|5"
    #expect(try await records(table, "project") == ["amount=5000000 name=旅游驿站"])
  }

  @Test("is read whose cells hold more than a name has room for")
  func longCells() async throws {
    let long = String(repeating: "协作", count: 10_000)
    let table = """
      项目名称|任务|资金（万元）
      \(long)|\(long)|1
      旅游驿站|验收|3
      """
    let found = try await records(table, "project", "commitment")
    #expect(found.filter { $0.hasPrefix("amount") } == ["amount=3000000 name=旅游驿站"])
    let actions = found.filter { $0.hasPrefix("action") }
    #expect(actions.map { $0.contains(long) } == [true, false])
  }

  @Test("of a hostile file costs no more than its cells", arguments: ["{4294967295,4294967295}"])
  func hostile(size: String) async throws {
    let row = (1...200).map { _ in size + "1" }.joined(separator: "|")
    let table = "项目名称|投资额（元）\n" + Array(repeating: row, count: 100).joined(separator: "\n")
    #expect(try await records(table, "project").isEmpty)
  }
}
