import ArgumentParser

/// A time as people write it: `500ms`, `5s`, `1.5s`, `2m`.
struct Deadline: Sendable {
  let duration: Duration

  /// Throws a sentence for what is no time of at most a day.
  init(_ text: String) throws(ValidationError) {
    let units: [(name: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60)]
    for unit in units where text.hasSuffix(unit.name) {
      let digits = text.dropLast(unit.name.count)
      guard digits.allSatisfy({ "0123456789.".contains($0) }), let number = Double(digits),
        number > 0, number * unit.seconds <= 86_400
      else { break }
      duration = .seconds(number * unit.seconds)
      return
    }
    throw ValidationError("\(text) is no time of at most a day: write 500ms, 5s or 2m.")
  }
}
