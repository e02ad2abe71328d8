/// What kind of file some bytes are: by what they begin with, and by the file's name where that says more.
public struct MediaType: Hashable, Sendable {
  /// Such as `text/html`.
  public let name: String

  public init(_ name: String) {
    self.name = name
  }

  public static let plainText = Self("text/plain")
  public static let csv = Self("text/csv")
  public static let tabSeparated = Self("text/tab-separated-values")
  public static let html = Self("text/html")
  public static let pdf = Self("application/pdf")
  public static let docx = Self(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
  public static let xlsx = Self(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
  public static let zip = Self("application/zip")
  public static let compoundFile = Self("application/x-ole-storage")
  public static let unknown = Self("application/octet-stream")

  /// What people call it: the ending of its files' names where they have one of their own.
  public var shortName: String { Self.shortNames[name] ?? name }

  private static let shortNames = [
    plainText.name: ".txt", csv.name: ".csv", tabSeparated.name: ".tsv", html.name: ".html",
    pdf.name: ".pdf", docx.name: ".docx", xlsx.name: ".xlsx",
    "application/vnd.ms-word.document.macroEnabled.12": ".docm",
    "application/vnd.ms-excel.sheet.macroEnabled.12": ".xlsm", "application/xhtml+xml": ".xhtml",
  ]

  /// Whether its files are tables, whose first line is a head and no title.
  var isTable: Bool { [.csv, .tabSeparated, .xlsx].contains(self) }

  /// Whether its bytes are text in some encoding, which can be read as it stands if need be.
  public var isText: Bool { name.hasPrefix("text/") }
}

extension MediaType {
  /// The media type of a file.
  ///
  /// `name` is its name or address. A name counts only where the bytes can be what it says: a PDF
  /// file called `a.txt` is a PDF file.
  public init(of bytes: some RandomAccessCollection<UInt8>, named name: String) {
    let ending = Self.ending(of: name)
    let head = Array(bytes.prefix(Self.headLength))
    if let binary = Self.signature(of: head, ending: ending) {
      self = binary
    } else if let text = Self.endings[ending] {
      self = text
    } else {
      self = Self.looksLikeHTML(head) ? .html : Self.looksBinary(head) ? .unknown : .plainText
    }
  }

  private static let headLength = 4096

  private static let endings: [String: MediaType] = [
    "htm": .html, "html": .html, "xhtml": .html, "csv": .csv, "tsv": .tabSeparated,
    "txt": .plainText, "text": .plainText, "md": .plainText,
  ]

  private static func ending(of name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The type that the first bytes say; nil where they may be text.
  private static func signature(of head: [UInt8], ending: String) -> MediaType? {
    if head.starts(with: [0x50, 0x4b, 0x03, 0x04]) || head.starts(with: [0x50, 0x4b, 0x05, 0x06]) {
      return openXML(head, ending: ending)
    }
    if head.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) { return .compoundFile }
    // Some writers put a few bytes in front, and readers of PDF skip them.
    if head.prefix(1024).firstRange(of: Array("%PDF-".utf8)) != nil { return .pdf }
    return signatures.first { head.starts(with: $0.0) }?.1
  }

  private static let signatures: [([UInt8], MediaType)] = [
    ([0x89, 0x50, 0x4e, 0x47], Self("image/png")), ([0xff, 0xd8, 0xff], Self("image/jpeg")),
    (Array("GIF8".utf8), Self("image/gif")), ([0x1f, 0x8b], Self("application/gzip")),
    (
      Array("7z\u{bc}\u{af}".unicodeScalars.map { UInt8($0.value) }),
      Self("application/x-7z-compressed")
    ),
    (Array("Rar!".utf8), Self("application/vnd.rar")),
    (Array("{\\rtf".utf8), Self("application/rtf")),
    ([0x7f, 0x45, 0x4c, 0x46], Self("application/x-elf")),
  ]

  /// Which of the formats in a ZIP archive it is, by the name of its file or of its first parts.
  private static func openXML(_ head: [UInt8], ending: String) -> MediaType {
    switch ending {
    case "docx", "docm": return .docx
    case "xlsx", "xlsm": return .xlsx
    default: break
    }
    if head.firstRange(of: Array("word/".utf8)) != nil { return .docx }
    if head.firstRange(of: Array("xl/".utf8)) != nil { return .xlsx }
    return .zip
  }

  private static func looksLikeHTML(_ head: [UInt8]) -> Bool {
    var text = head[...]
    if text.starts(with: [0xef, 0xbb, 0xbf]) { text = text.dropFirst(3) }
    text = text.drop { $0 <= 0x20 }
    let start = String(decoding: text.prefix(64), as: UTF8.self).lowercased()
    return ["<!doctype html", "<html", "<head", "<body", "<!-- saved from url"]
      .contains(where: start.hasPrefix)
  }

  /// Whether there are control characters that no text has, in an encoding whose characters have no
  /// zero bytes; UTF-16 has many of those, always in the same half.
  private static func looksBinary(_ head: [UInt8]) -> Bool {
    guard !head.starts(with: [0xff, 0xfe]), !head.starts(with: [0xfe, 0xff]) else { return false }
    let controls = head.count { $0 < 0x20 && ![0, 0x09, 0x0a, 0x0c, 0x0d, 0x1b].contains($0) }
    let zeros = head.enumerated().reduce(into: (even: 0, odd: 0)) { zeros, byte in
      guard byte.element == 0 else { return }
      if byte.offset.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    return controls * 10 > head.count
      || min(zeros.even, zeros.odd) * 20 > head.count
  }
}
