import DuikouModel

/// What a look into a plugin folder saw of one file, without reading it.
struct Sighting: Sendable {
  /// How the file stands.
  enum State: Sendable {
    /// Nobody writes to it: it can be opened.
    case whole(FileMark)
    /// It is being written, or was a moment ago.
    case arriving
    /// It is nothing that could be opened: a folder, a pipe, a link that leads nowhere.
    case unusable(DuikouError)
  }

  let path: String
  let state: State
}

/// What must change for a file to be opened again: it, the signature beside it, or who may change the
/// folder and links that hold it.
struct FileMark: Sendable, Hashable {
  var file = FileStamp()
  /// Nil where there is none.
  var signature: FileStamp?
  var holders: [FileOwnership] = []
}
