import DuikouModel

/// What is wrong with one line of a section, to stand behind its key.
struct ConfigurationFlaw: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// That a field does not take what somebody else holds, which is not told.
  init(_ field: FieldDescriptor, butNotIn place: String) {
    reason = "expects \(field.expectation), which \(place) does not hold"
  }
}

extension String {
  /// The beginning of what somebody wrote, fit for one line of an error.
  var shown: String {
    let beginning = prefix(utf8: 64)
    return beginning.withoutControls + (beginning.utf8.count < utf8.count ? "…" : "")
  }
}
