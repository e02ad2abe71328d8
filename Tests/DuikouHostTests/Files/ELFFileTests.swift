import DuikouModel
import Foundation
import Testing

@testable import DuikouHost

@Suite("A plugin's file, read and not run")
struct ELFFileTests {
  /// What the loader does with a file's bytes before anything else.
  private func note(_ bytes: Data) throws(DuikouError) -> PluginNote {
    let file = try ELFFile(bytes)
    if let tear = file.tear { throw tear }
    return try PluginNote(reading: file)
  }

  @Test("says who it is, beside the notes of others")
  func whole() throws {
    let known = try note(ELFImage().bytes)
    #expect(
      (known.id, known.versionText, known.abiMajor, known.abiMinor) == (
        "cn.example.stays", "1.2.0", 1, 0
      ))
    for tail in 0..<8 {
      let plugin = ELFImage.Note.plugin(
        "cn.a", "1.0.0-beta.1+7", tail: Array(repeating: 0, count: tail))
      #expect(try note(ELFImage(notes: [plugin, .buildID]).bytes).versionText == "1.0.0-beta.1+7")
      #expect(try note(ELFImage(notes: [plugin, .buildID, plugin]).bytes).id == "cn.a")
    }
  }

  @Test("is found in a slice of other bytes as well")
  func slice() throws {
    let bytes = Data([1, 2, 3]) + ELFImage().bytes + Data([4, 5])
    #expect(try note(bytes.dropFirst(3).dropLast(2)).id == "cn.example.stays")
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var code: StatusCode
    var word: String
    var notes: [ELFImage.Note] = [.buildID, .plugin("cn.example.stays", "1.2.0")]
    var kind: UInt16 = 3
    var machine = ELFImage.machine
    var changes: [Int: [UInt8]] = [:]
  }

  private static let segment = ELFImage.segmentsOffset
  private static let most = [UInt8](repeating: 0xff, count: 8)

  @Test(
    "is refused with a sentence where it cannot be right",
    arguments: [
      Bad(
        testDescription: "other first bytes", code: .invalidArgument, word: "ELF",
        changes: [1: [0x46]]),
      Bad(testDescription: "32 bits", code: .invalidArgument, word: "64-bit", changes: [4: [1]]),
      Bad(
        testDescription: "the other byte order", code: .invalidArgument, word: "64-bit",
        changes: [5: [2]]),
      Bad(testDescription: "a program", code: .invalidArgument, word: "-shared", kind: 2),
      Bad(
        testDescription: "another processor", code: .invalidArgument, word: "processor", machine: 8),
      Bad(
        testDescription: "no program headers", code: .invalidArgument, word: "program headers",
        changes: [56: [0, 0]]),
      Bad(
        testDescription: "too many program headers", code: .invalidArgument,
        word: "program headers",
        changes: [56: [0xff, 0xff]]),
      Bad(
        testDescription: "program headers of another size", code: .invalidArgument,
        word: "program headers", changes: [54: [32, 0]]),
      Bad(
        testDescription: "program headers beyond all memory", code: .invalidArgument,
        word: "program headers", changes: [32: most]),
      Bad(
        testDescription: "program headers at the end of all memory", code: .invalidArgument,
        word: "program headers", changes: [32: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]]),
      Bad(
        testDescription: "program headers behind its end", code: .unavailable,
        word: "still being copied",
        changes: [32: [0, 0, 0, 1, 0, 0, 0, 0]]),
      Bad(
        testDescription: "a section table behind its end", code: .unavailable,
        word: "still being copied", changes: [40: [0, 0, 0, 1, 0, 0, 0, 0]]),
      Bad(
        testDescription: "a segment behind its end", code: .unavailable, word: "still being copied",
        changes: [segment + 56 + 8: [0, 0, 0, 1, 0, 0, 0, 0]]),
      Bad(
        testDescription: "notes beyond all memory", code: .failedPrecondition, word: "no note",
        changes: [segment + 8: most]),
      Bad(
        testDescription: "notes as long as all memory", code: .failedPrecondition, word: "no note",
        changes: [segment + 32: most]),
      Bad(testDescription: "no notes", code: .failedPrecondition, word: "no note", notes: []),
      Bad(
        testDescription: "notes of others only", code: .failedPrecondition, word: "no note",
        notes: [.buildID]),
      Bad(
        testDescription: "a note of another type", code: .failedPrecondition, word: "no note",
        notes: [ELFImage.Note(type: 2, contents: ELFImage.Note.plugin("cn.a", "1.0.0").contents)]),
      Bad(
        testDescription: "a note of another owner", code: .failedPrecondition, word: "no note",
        notes: [
          ELFImage.Note(
            owner: Array("Duikoux\0".utf8), contents: ELFImage.Note.plugin("cn.a", "1.0.0").contents
          )
        ]),
      Bad(
        testDescription: "an owner of four gigabytes", code: .failedPrecondition, word: "no note",
        notes: [.plugin("cn.a", "1.0.0")],
        changes: [ELFImage.notesOffset: [0xff, 0xff, 0xff, 0xff]]),
      Bad(
        testDescription: "contents of four gigabytes", code: .failedPrecondition, word: "no note",
        notes: [.plugin("cn.a", "1.0.0")],
        changes: [ELFImage.notesOffset + 4: [0xff, 0xff, 0xff, 0xff]]),
      Bad(
        testDescription: "two notes that differ", code: .invalidArgument, word: "two notes",
        notes: [.plugin("cn.a", "1.0.0"), .plugin("cn.a", "1.0.1")]),
      Bad(
        testDescription: "another major", code: .failedPrecondition, word: "ABI major 2",
        notes: [.plugin("cn.a", "1.0.0", major: 2)]),
      Bad(
        testDescription: "an empty note", code: .invalidArgument, word: "cannot be right",
        notes: [ELFImage.Note(contents: [])]),
      Bad(
        testDescription: "a note without a version", code: .invalidArgument,
        word: "cannot be right",
        notes: [ELFImage.Note(contents: [1, 0, 0, 0] + Array("cn.a".utf8) + [0])]),
      Bad(
        testDescription: "a note with a third text", code: .invalidArgument,
        word: "cannot be right",
        notes: [.plugin("cn.a", "1.0.0", tail: [0x61])]),
      Bad(
        testDescription: "an id that is not UTF-8", code: .invalidArgument, word: "cannot be right",
        notes: [ELFImage.Note(contents: [1, 0, 0, 0, 0xff, 0xfe, 0, 0x31, 0])]),
      Bad(
        testDescription: "an id of one word", code: .invalidArgument, word: "reverse DNS",
        notes: [.plugin("stays", "1.0.0")]),
      Bad(
        testDescription: "an id that is a path", code: .invalidArgument, word: "reverse DNS",
        notes: [.plugin("cn.example/../stays", "1.0.0")]),
      Bad(
        testDescription: "a reserved id", code: .invalidArgument, word: "reserved",
        notes: [.plugin("duikou.stays", "1.0.0")]),
      Bad(
        testDescription: "an id that is too long", code: .invalidArgument, word: "255",
        notes: [.plugin("cn." + String(repeating: "a", count: 256), "1.0.0")]),
      Bad(
        testDescription: "a version that is none", code: .invalidArgument, word: "semantic version",
        notes: [.plugin("cn.a", "latest")]),
    ])
  func refused(_ bad: Bad) {
    let image = ELFImage(
      notes: bad.notes, machine: bad.machine, kind: bad.kind, changes: bad.changes)
    let error = #expect(throws: DuikouError.self) { try note(image.bytes) }
    #expect(error?.code == bad.code, "\(error?.description ?? "")")
    #expect(error?.message.contains(bad.word) == true, "\(error?.message ?? "")")
  }

  @Test("that was cut off is never taken for whole, wherever it was cut")
  func truncated() throws {
    let whole = ELFImage().bytes
    for length in 0..<whole.count {
      let error = #expect(throws: DuikouError.self) { try note(whole.prefix(length)) }
      #expect(length < 16 || error?.code == .unavailable, "\(length): \(error?.description ?? "")")
    }
  }

  @Test("whose bytes were changed is read or refused, and nothing outside of it is looked at")
  func mutated() throws {
    let whole = ELFImage().bytes
    for offset in whole.indices {
      for value: UInt8 in [0, 1, 0x7f, 0x80, 0xff] {
        var bytes = whole
        bytes[offset] = value
        _ = try? note(bytes)
      }
    }
    var source = SplitMix(state: 5)
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...12, using: &source) {
        bytes[Int.random(in: 0..<ELFImage.notesOffset + 80, using: &source)] =
          UInt8.random(in: 0...255, using: &source)
      }
      if let known = try? note(bytes.prefix(Int.random(in: 0...bytes.count, using: &source))) {
        #expect(PluginDescription.isID(known.id))
      }
    }
  }
}

/// Random numbers that are the same each time (SplitMix64).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
