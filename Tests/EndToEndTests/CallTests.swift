import Foundation
import TestSupport
import Testing

@Suite("duikou call")
struct CallTests {
  private let folder: TemporaryFolder
  private let daemon: RunningDaemon

  init() throws {
    folder = try TemporaryFolder()
    let plugins = try folder.plugins(["segments", "places", "figures"])
    let failing = CompiledPlugin.source(
      id: "cn.example.none", body: "return call->image->text_size > 1 ? DK_OK : DK_UNIMPLEMENTED;")
    _ = try CompiledPlugin.compile(failing, named: "plugins/libnone.so", in: folder)
    let slow = CompiledPlugin.source(
      id: "cn.example.slow", before: "#include <threads.h>",
      body: """
        struct timespec time = {call->image->text_size > 1 ? 0 : 60, 0};
        thrd_sleep(&time, NULL);
        return DK_OK;
        """)
    _ = try CompiledPlugin.compile(slow, named: "plugins/libslow.so", in: folder)
    daemon = try RunningDaemon(data: "\(folder.path)/data", plugins: plugins)
  }

  private func call(_ arguments: [String], input: String = "") throws -> Program {
    try CommandLineTool.run(["--host", daemon.address, "call"] + arguments, input: input)
  }

  private func object(_ line: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test("lists services and methods, as a table and as JSON")
  func list() throws {
    let table = try call(["--list"])
    #expect(table.status == 0 && table.errors.isEmpty)
    for word in [
      "方法", "places/Places", "org.duikou.places.Methods", "流 AnalyzeEvent", "GB/T 2260",
      "Lists the reports that can be written.",
    ] {
      #expect(table.output.contains(word), "\(table.output)")
    }
    let json = try object(try call(["--list", "--format", "json"]).output)
    let services = try #require(json["services"] as? [[String: Any]])
    let analyses = try #require(services.first { $0["name"] as? String == "duikou.v1.Analyses" })
    let analyze = (analyses["methods"] as? [[String: Any]])?.first
    #expect(analyze?["input"] as? String == "duikou.v1.AnalyzeRequest")
    #expect(analyze?["serverStreaming"] as? Bool == true)
  }

  @Test(
    "describes what there is in the language of .proto files",
    arguments: [
      (
        ["places/Places"],
        ["rpc Places(PlacesRequest)", "message PlacesResponse", "// What Places takes."]
      ),
      (["Analyses"], ["rpc Analyze(AnalyzeRequest) returns (stream AnalyzeEvent);"]),
      (["AnalyzeEvent.Finished"], ["map<string, uint64> counts = 3;"]),
      (["duikou.v1.rows.Place"], ["message Place {"]), ([], ["service Plugins", "service Health"]),
    ])
  func describe(_ names: [String], _ words: [String]) throws {
    let program = try call(["--describe"] + names)
    #expect(program.status == 0, "\(program.errors)")
    for word in words {
      #expect(program.output.contains(word), "\(program.output)")
    }
  }

  @Test(
    "takes a plugin's text as an argument, from a file and from standard input",
    arguments: ["places/Places", "org.duikou.places.Methods/Places", "Duikou.Places/places"])
  func text(_ name: String) throws {
    let json = #"{"text": "敖汉旗与海淀区"}"#
    let file = try folder.write("text.json", json.utf8)
    for input in [json, "@\(file)", "-"] {
      let program = try call([name, input], input: json)
      #expect(program.status == 0 && program.errors.isEmpty, "\(program.errors)")
      #expect(program.output.split(separator: "\n").count == 1)
      let places = try object(program.output)["place"] as? [[String: Any]]
      #expect(places?.compactMap { $0["name"] as? String } == ["敖汉旗", "海淀区"])
      #expect(places?.first?["level"] as? String == "LEVEL_COUNTY")
    }
  }

  @Test("sends a stream of documents, and prints one as it comes")
  func streams() throws {
    let parts = #"{"header": {"uri": "note.txt"}} {"chunk": "5pWW5rGJ"}{"chunk": "5peX"}"#
    let put = try call(["Documents/PutDocument", "-"], input: parts)
    #expect(put.status == 0, "\(put.errors)")
    let id = try #require(try object(put.output)["id"] as? String)
    let analyze = try call(
      ["duikou.v1.Analyses/Analyze", #"{"document_ids": ["\#(id)"]}"#, "--deadline", "1m"])
    #expect(analyze.status == 0, "\(analyze.errors)")
    let events = try analyze.output.split(separator: "\n").map(object)
    #expect((events.first?["started"] as? [String: Any])?["documents"] as? Int == 1)
    #expect(events.count > 2 && events.dropFirst().allSatisfy { $0["documentId"] as? String == id })
    let finished = events.compactMap { $0["finished"] as? [String: Any] }.first
    #expect(finished?["title"] as? String == "敖汉旗")
    #expect((finished?["counts"] as? [String: String])?["duikou.place"] == "1")
  }

  @Test("shows metadata, and sends it")
  func metadata() throws {
    let program = try call(
      ["places/Places", "-v", "-H", "X-Example: a", "-H", "x-example-bin: AAE="])
    #expect(program.status == 0)
    for word in ["开头的元数据:", "duikou-plugin: org.duikou.places", "结尾的元数据:"] {
      #expect(program.errors.contains(word), "\(program.errors)")
    }
    for (header, word) in [("x: 汉", "x-bin"), ("x-bin: *", "base64"), ("x y: 1", "letters")] {
      let refused = try call(["places/Places", "-H", header])
      #expect(refused.status == 64 && refused.errors.contains(word), "\(refused.errors)")
    }
  }

  @Test(
    "ends with 64 and the status's code, and prints what came with it",
    arguments: [
      (
        ["places/Places", #"{"document": [{"text": {"offset": 5, "length": 100}}]}"#], 67,
        ["[INVALID_ARGUMENT]", "ErrorInfo", "domain: duikou.org", "plugin: org.duikou.places"]
      ),
      (["Plugins/ReleasePlugin", #"{"id": "cn.nobody"}"#], 69, ["[NOT_FOUND]", "cn.nobody"]),
      (["none/Test"], 76, ["[UNIMPLEMENTED]", "method: Test"]),
      (["slow/Test", "--deadline", "300ms"], 68, ["[DEADLINE_EXCEEDED]"]),
    ])
  func status(_ arguments: [String], _ status: Int, _ words: [String]) throws {
    let program = try call(arguments)
    #expect(Int(program.status) == status, "\(program.errors)")
    #expect(program.output.isEmpty)
    for word in words { #expect(program.errors.contains(word), "\(program.errors)") }
  }

  @Test(
    "ends with 1 where there is nothing to call, and says what there is",
    arguments: [
      (["plaecs/Places"], "near: org.duikou.places.Methods"),
      (["places/Place"], "near: Places"), (["places/Zzzzzz"], "there are: Places"),
      (["Methods/Test"], "may mean cn.example.none.Methods/Test, cn.example.slow.Methods/Test"),
      (["places"], "write SERVICE/METHOD"), (["places/Places", #"{"txt": ""}"#], "near: text"),
      (["places/Places", #"{"text": 1}"#], "$.text: expected a string, found 1"),
      (["places/Places", "{"], "this is no JSON"), (["places/Places", "{}{}"], "holds 2"),
      (["places/Places", "@/nobody.json"], "/nobody.json cannot be read"),
      (["--describe", "AnalyzeEven"], "near: duikou.v1.AnalyzeEvent"),
    ])
  func refused(_ arguments: [String], _ sentence: String) throws {
    let program = try call(arguments)
    #expect(program.status == 1 && program.errors.contains(sentence), "\(program.errors)")
  }

  @Test(
    "needs a command line that says one thing",
    arguments: [
      [], ["--list", "places/Places"], ["--list", "--describe"],
      ["places/Places", "--deadline", "1h"],
    ])
  func usage(_ arguments: [String]) throws {
    #expect(try call(arguments).status == 64)
  }

  @Test("needs a daemon")
  func noDaemon() throws {
    let program = try CommandLineTool.run(["call", "--list"])
    #expect(program.status == 1 && program.errors.contains("--host"))
  }

  @Test(
    "sends its token or its metadata to the server's reflection too, and ends with its status",
    arguments: [
      ([], ["-H", "authorization: Bearer geheim-geheim-geheim"], 0),
      (["--token-file", "token"], [], 0), ([], [], 80),
      ([], ["-H", "authorization: Bearer falsch"], 80),
    ])
  func tokens(_ connection: [String], _ header: [String], _ status: Int) throws {
    let digest = "d37f9d0a82c4e12de8d7a9789ab06e80cfdca3a14f17eb65462e158e471830e9"
    let port = Int.random(in: 20_000..<30_000)
    let settings = try folder.write(
      "duikoud.yaml", "listen: 127.0.0.1:\(port)\ntokens: [test:analyst:\(digest)]\n".utf8)
    let token = try folder.write("token", "geheim-geheim-geheim\n".utf8)
    let guarded = try RunningDaemon(
      data: "\(folder.path)/guarded", plugins: "\(folder.path)/plugins",
      arguments: ["--config", settings])
    let options = ["--host", "127.0.0.1:\(port)"] + connection.map { $0 == "token" ? token : $0 }
    for arguments in [
      ["--list"], ["places/Places", #"{"text": "敖汉旗"}"#], ["--describe", "Analyses"],
    ] {
      let program = try CommandLineTool.run(options + ["call"] + arguments + header)
      #expect(Int(program.status) == status, "\(arguments): \(program.errors)")
      #expect(program.errors.contains("[UNAUTHENTICATED]") == (status != 0))
    }
    #expect(guarded.stop() == 0)
  }

  @Test("ends without a word where nobody reads")
  func unread() throws {
    let program = try Program.run(
      "/usr/bin/env",
      [
        "bash", "-c", "\"$@\" | exec 0<&-; echo ${PIPESTATUS[0]}", "bash",
        "\(Repository.products)/duikou", "--host", daemon.address, "call", "places/Places", "{}",
      ])
    #expect(program.output == "141\n" && program.errors.isEmpty, "\(program.errors)")
  }

  @Test("completes methods' names in a shell, and is silent without a daemon")
  func completion() throws {
    let script = try folder.write(
      "complete.sh",
      """
      source <(duikou --generate-completion-script bash)
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      COMP_LINE="$*"
      COMP_POINT=${#COMP_LINE}
      _duikou
      printf '%s\\n' "${COMPREPLY[@]}"
      """.utf8)
    func candidates(_ host: String, _ word: String) throws -> Program {
      try Program.run(
        "/usr/bin/env", ["bash", script, "duikou", "--host", host, "call", word],
        environment: [
          "PATH": "\(Repository.products):/usr/bin:/bin", "DUIKOU_HOST": "",
        ])
    }
    for (word, expected) in [
      ("pla", "places/Places\n"), ("org.duikou.pl", "org.duikou.places.Methods/Places\n"),
      ("Analyses/L", "Analyses/ListRecords\nAnalyses/ListFormats\n"),
    ] {
      #expect(try candidates(daemon.address, word).output == expected)
    }
    let none = try candidates("unix:\(folder.path)/nobody", "pla")
    #expect(none.output == "\n" && none.errors.isEmpty)
  }
}
