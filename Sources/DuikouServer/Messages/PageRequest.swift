import DuikouModel

/// Which page of a list is asked for.
struct PageRequest: Sendable {
  /// Entries a page.
  let size: Int
  /// The number of the last entry of the page before; nil for the first page.
  let cursor: Int64?

  /// Reads the fields `page_size` and `page_token`. Throws `invalidArgument`.
  init(size: UInt32, token: String) throws(DuikouError) {
    self.size = size == 0 ? 100 : Int(min(size, 1000))
    cursor = Int64(token)
    guard token.isEmpty || cursor != nil else {
      throw DuikouError(
        .invalidArgument, "the page token is not one: take next_page_token of the page before")
    }
  }

  /// Cuts the page off entries, of which one more than its size was asked for; with the next page's token.
  func cut<Entry>(_ entries: [Entry], number: (Entry) -> Int64) -> (page: [Entry], token: String) {
    let page = Array(entries.prefix(size))
    guard entries.count > size, let last = page.last else { return (page, "") }
    return (page, "\(number(last))")
  }
}
