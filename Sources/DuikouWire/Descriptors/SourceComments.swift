import SwiftProtobuf

/// Documentation as the comments of a file, by the paths of what they stand in front of.
struct SourceComments {
  private(set) var info = Google_Protobuf_SourceCodeInfo()

  mutating func add(_ text: String, at path: [Int32]) {
    guard !text.isEmpty else { return }
    var location = Google_Protobuf_SourceCodeInfo.Location()
    location.path = path
    location.span = [0, 0, 0]
    location.leadingComments = " \(text)\n"
    info.location.append(location)
  }
}
