/// Weights as training has found them, to be made a model of.
struct AveragedWeights {
  /// In any order.
  let features: [UInt32]
  /// By feature and tag.
  let weights: [Int64]
  /// Of first tags, and then those of next tags for each tag.
  let transitions: [Int64]

  /// A model of at most `largest` bytes: as many of the small weights are left out as is needed.
  ///
  /// Weights become whole numbers from -127 to 127; the largest two in a thousand are cut to that.
  func model(tags: TagSet, words: WordList, largest: Int) throws(TrainingError) -> TaggerModel {
    let unit = max(1, size(at: 1))
    func scaled(_ weight: Int64, _ most: Int64) -> Int64 {
      let times = (abs(weight) * 127 + unit / 2) / unit
      return weight < 0 ? -min(times, most) : min(times, most)
    }
    let transitions = transitions.map { Int16(scaled($0, 32_000)) }
    let order = features.indices.sorted { features[$0] < features[$1] }
    func model(_ least: Int64) -> TaggerModel {
      var kept: [UInt32] = []
      var rows: [Int8] = []
      for index in order {
        let row = weights[index * tags.count..<(index + 1) * tags.count].map {
          abs($0) < least ? 0 : Int8(scaled($0, 127))
        }
        guard row.contains(where: { $0 != 0 }) else { continue }
        kept.append(features[index])
        rows += row
      }
      return TaggerModel(
        tags: tags, words: words,
        calibrations: tags.types.map { _ in Calibration(steps: []) }, transitions: transitions,
        features: kept, weights: rows)
    }
    let room = largest - tags.types.count * 6 * Calibration.mostSteps
    let whole = model(0)
    if whole.bytes.count <= room { return whole }
    var (low, high) = (Int64(0), Int64(unit) * 1024)
    let least = model(high)
    guard least.bytes.count <= room else {
      throw .tooLarge(least: least.bytes.count + largest - room)
    }
    var best = least
    while high - low > max(1, unit / 4096) {
      let middle = low + (high - low) / 2
      let candidate = model(middle)
      if candidate.bytes.count <= room {
        (high, best) = (middle, candidate)
      } else {
        low = middle
      }
    }
    return best
  }

  /// The size that a share of the weights which are not 0 does not exceed.
  private func size(at share: Double) -> Int64 {
    let sizes = weights.lazy.filter { $0 != 0 }.map { abs($0) }.sorted()
    return sizes.isEmpty ? 0 : sizes[Int(Double(sizes.count - 1) * share)]
  }
}
