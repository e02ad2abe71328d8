import Testing

@testable import DuikouHost

@Suite("The life of a generation")
struct GenerationLifeTests {
  @Test("ends with its last call, once it is retired")
  func drain() {
    var life = GenerationLife()
    life.began()
    life.began()
    #expect(life.retired() == .close && life.phase == .draining)
    #expect(life.retired() == .nothing)
    life.finished()
    #expect(life.phase == .draining && life.timePassed() == .cut)
    life.finished()
    #expect(life.phase == .ended && life.timePassed() == .nothing)
  }

  @Test("ends at once where nobody calls")
  func idle() {
    var life = GenerationLife()
    #expect(life.timePassed() == .nothing)
    #expect(life.retired() == .close && life.phase == .ended)
  }

  @Test("takes a call that chose it before it was retired")
  func late() {
    var life = GenerationLife()
    _ = life.retired()
    life.began()
    #expect(life.phase == .draining && life.timePassed() == .cut)
    life.finished()
    #expect(life.phase == .ended)
  }
}
