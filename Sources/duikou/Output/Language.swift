import ArgumentParser
import Foundation

/// The language of what people read.
enum Language: String, ExpressibleByArgument, CaseIterable {
  case zh
  case en

  /// 简体中文, unless DUIKOU_LANG says `en`.
  static var preferred: Language {
    Language(rawValue: ProcessInfo.processInfo.environment["DUIKOU_LANG"] ?? "") ?? .zh
  }

  /// One of two wordings.
  func pick(_ zh: String, _ en: String) -> String {
    self == .zh ? zh : en
  }
}
