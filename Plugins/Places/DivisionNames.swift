import DuikouPlugin
import DuikouText

/// What divisions are called, gathered from the tables and an office's list.
struct DivisionNames {
  private(set) var divisions: [Division]
  /// By surface.
  private(set) var readings: [String: [Reading]] = [:]
  private var indices: [UInt32: Int]
  /// Those of which only code and name are known.
  private var brief: Set<Int> = []

  /// Reads the tables; see their comments for the columns.
  init(_ table: DataTable, renames: DataTable) {
    divisions = table.rows.map(Division.init)
    indices = Dictionary(divisions.enumerated().map { ($1.code, $0) }) { first, _ in first }
    for (index, row) in table.rows.enumerated() {
      let demands: [(Int, Reading.Demand)] = [(6, .nothing), (7, .ancestor), (8, .anchor)]
      for (column, demand) in demands {
        for surface in row.list(column) { add(surface, Reading(division: index, demand: demand)) }
      }
    }
    for row in renames.rows {
      guard let index = UInt32(row[0]).flatMap(index) else { continue }
      let years = Int.min...(Int(row[3]) ?? .max)
      for (column, demand) in [(1, Reading.Demand.nothing), (2, .ancestor)] {
        for surface in row.list(column) {
          add(surface, Reading(division: index, demand: demand, years: years))
        }
      }
    }
  }

  /// The place of a division in `divisions`.
  func index(of code: UInt32) -> Int? { indices[code] }

  private mutating func add(_ surface: String, _ reading: Reading) {
    readings[surface, default: []].append(reading)
  }

  /// Adds the counties of the rest of the country, of which the table has code and name.
  mutating func add(counties table: DataTable) {
    var added: Set<String> = []
    for row in table.rows {
      guard let code = UInt32(row[0]), indices[code] == nil else { continue }
      let name = row[1]
      indices[code] = divisions.count
      brief.insert(divisions.count)
      let isSure = name.count > 2 && (name.hasSuffix("县") || name.hasSuffix("旗"))
      add(name, Reading(division: divisions.count, demand: isSure ? .nothing : .ancestor))
      divisions.append(
        Division(
          code: code, name: name, level: UInt32(DK_LEVEL_COUNTY),
          parent: DivisionList.parent(of: code, nil), longitude: nil, latitude: nil))
      added.insert(name)
    }
    doubtShared(among: added)
  }

  /// Adds an office's divisions. What it says of a division of the tables counts more than they do, and a former
  /// name is one more name of its division. A name that several bear, or that has two characters, needs one above or
  /// beside it; a name without 县, 区 and the like needs the one above in front.
  mutating func add(_ list: DivisionList) {
    var added: Set<String> = []
    for entry in list.entries {
      let (index, isNew) = place(of: entry)
      let name = entry.division.name
      guard readings[name]?.contains(where: { $0.division == index }) != true else { continue }
      let isShort = name.count < 3
      add(
        name,
        Reading(division: index, demand: isShort ? .ancestor : .nothing, years: entry.years))
      added.insert(name)
      if isNew, let stem = Self.stem(of: name) {
        add(stem, Reading(division: index, demand: .anchor, years: entry.years))
      }
    }
    doubtShared(among: added)
  }

  /// The place of an office's division in `divisions`, and whether the tables know no more of it than its name: then
  /// all that is known is the office's.
  private mutating func place(of entry: DivisionList.Entry) -> (index: Int, isNew: Bool) {
    guard let known = indices[entry.division.code] else {
      indices[entry.division.code] = divisions.count
      divisions.append(entry.division)
      return (divisions.count - 1, true)
    }
    let isNew = entry.isCurrent && brief.remove(known) != nil
    if isNew {
      readings[divisions[known].name]?.removeAll { $0.division == known }
      divisions[known] = entry.division
    } else if entry.isCurrent {
      divisions[known].name = entry.division.name
    }
    return (known, isNew)
  }

  /// Has names that several bear wait for one above or beside them.
  private mutating func doubtShared(among surfaces: Set<String>) {
    for surface in surfaces {
      guard let all = readings[surface], Set(all.map(\.division)).count > 1 else { continue }
      readings[surface] = all.map { reading in
        var reading = reading
        if reading.demand == .nothing { reading.demand = .ancestor }
        return reading
      }
    }
  }

  /// 和林格尔 of 和林格尔县; nil where less than two characters are left.
  private static func stem(of name: String) -> String? {
    guard let last = name.last, "省市区县旗盟州".contains(last), !name.contains("自治"),
      name.count > 2
    else { return nil }
    return String(name.dropLast())
  }
}

extension Division {
  fileprivate init(_ row: DataTable.Row) {
    code = UInt32(row[0]) ?? 0
    name = row[1]
    level = ["province": 2, "prefecture": 3, "county": 4][row[2]] ?? 0
    parent = UInt32(row[3]) ?? 0
    longitude = Double(row[4])
    latitude = Double(row[5])
  }
}
