/// A row type that a method touches, and how.
public struct Use: Sendable {
  let type: UInt32
  let rowSize: Int
  let access: UInt32

  /// The method cannot run without this table.
  public static func reads<R: Row>(_ type: R.Type) -> Use {
    Use(type: R.typeID, rowSize: R.rowSize, access: UInt32(DK_READ))
  }

  /// The method reads the table where there is one.
  public static func readsIfPresent<R: Row>(_ type: R.Type) -> Use {
    Use(type: R.typeID, rowSize: R.rowSize, access: UInt32(DK_USE))
  }

  /// The method appends to the table.
  public static func writes<R: Row>(_ type: R.Type) -> Use {
    Use(type: R.typeID, rowSize: R.rowSize, access: UInt32(DK_WRITE))
  }

  /// The method reads the table where there is one, and appends to it.
  public static func readsAndWrites<R: Row>(_ type: R.Type) -> Use {
    Use(type: R.typeID, rowSize: R.rowSize, access: UInt32(DK_USE | DK_WRITE))
  }

  /// The method reads whatever tables there are.
  public static var readsAll: Use {
    Use(type: 0, rowSize: 0, access: UInt32(DK_READ_ALL))
  }
}
