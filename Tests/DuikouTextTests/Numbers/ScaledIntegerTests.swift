import DuikouText
import Testing

@Suite struct ScaledIntegerTests {
  @Test(
    "Has one form for each value",
    arguments: [
      (35, 3, "35000"), (350, -1, "35"), (4350, -2, "43.5"), (0, 7, "0"), (-5, -3, "-0.005"),
      (1, 20, "1000000000000000000e2"), (Int64.max, 1, "9223372036854775807e1"),
      (Int64.min, 0, "-9223372036854775808"), (Int64.min, -1, "-922337203685477580.8"),
    ] as [(Int64, Int, String)])
  func forms(mantissa: Int64, exponent: Int, expected: String) {
    #expect(ScaledInteger(mantissa, exponent: exponent)?.description == expected)
  }

  @Test("Refuses exponents that are out of bounds", arguments: [-19, 200, Int.min, Int.max])
  func exponents(exponent: Int) {
    #expect(ScaledInteger(7, exponent: exponent) == nil)
    #expect(ScaledInteger(7).scaled(by: exponent) == nil || exponent == -19)
  }

  @Test(
    "Gives whole numbers of a unit, and none where there are not or they do not fit",
    arguments: [
      (125, -2, -2, 125), (125, -2, 0, nil), (15, 0, -2, 1500), (Int64.max, 0, -1, nil),
      (12000, 0, 3, 12), (0, 0, -50, 0), (1, 0, Int.min, nil),
    ] as [(Int64, Int, Int, Int64?)])
  func integers(mantissa: Int64, exponent: Int, scale: Int, expected: Int64?) {
    #expect(ScaledInteger(mantissa, exponent: exponent)?.integer(scale: scale) == expected)
  }

  @Test("Adds and compares exactly, and refuses what does not fit")
  func arithmetic() throws {
    let half = try #require(ScaledInteger(5, exponent: -1))
    #expect(half.adding(ScaledInteger(3))?.description == "3.5")
    #expect(ScaledInteger(.max).adding(ScaledInteger(1)) == nil)
    #expect(ScaledInteger(.min).negated == nil)
    #expect(half.negated?.isLess(than: half) == true)
    #expect(half.isLess(than: ScaledInteger(1)))
    let big = try #require(ScaledInteger(7, exponent: 30))
    let small = try #require(ScaledInteger(7, exponent: -18))
    #expect(small.isLess(than: big) && !big.isLess(than: small))
  }
}
