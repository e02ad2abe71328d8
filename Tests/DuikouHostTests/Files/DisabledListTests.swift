import DuikouModel
import Foundation
import TestSupport
import Testing

@testable import DuikouHost

@Suite("A list of plugins that must not run")
struct DisabledListTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var list: DisabledList { DisabledList(ofFolder: folder.path) }

  @Test("takes ids in and out, and is empty where it is not there")
  func set() throws {
    #expect(list.ids.isEmpty)
    try list.set("cn.example.a", isDisabled: true)
    try list.set("cn.example.b", isDisabled: true)
    try list.set("cn.example.a", isDisabled: true)
    #expect(list.ids == ["cn.example.a", "cn.example.b"])
    try list.set("cn.example.a", isDisabled: false)
    try list.set("cn.example.c", isDisabled: false)
    #expect(list.ids == ["cn.example.b"])
  }

  @Test("is read as people write it, and what is no id is left out")
  func written() throws {
    try folder.write(
      ".disabled", "# 停用\r\n  cn.example.a  \n\ncn.example.b\nnot an id\n../../etc\n\u{feff}\n".utf8
    )
    #expect(list.ids == ["cn.example.a", "cn.example.b"])
  }

  @Test("never waits for a pipe's writer, nor reads without end")
  func special() throws {
    mkfifo("\(folder.path)/.disabled", 0o600)
    #expect(list.ids.isEmpty)
    unlink("\(folder.path)/.disabled")
    symlink("/dev/zero", "\(folder.path)/.disabled")
    #expect(list.ids.isEmpty)
  }

  @Test("refuses what is no id", arguments: ["", "Stays", "cn", "cn.example/x", "cn.a\ncn.b"])
  func noID(_ id: String) {
    let error = #expect(throws: DuikouError.self) { try list.set(id, isDisabled: true) }
    #expect(error?.code == .invalidArgument)
    #expect(list.ids.isEmpty)
  }
}
