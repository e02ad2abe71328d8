import DuikouModel
import DuikouWire
import Testing

@Suite("JSON as people write it")
struct JSONParserTests {
  @Test(
    "is read with all digits and in its order",
    arguments: [
      (
        #"{"b": 18446744073709551615, "a": [true, false, null, -0.5e+10]}"#,
        #"{"b":18446744073709551615,"a":[true,false,null,-0.5e+10]}"#
      ),
      (#""\u6556汉\ud83d\ude00\/\"\\\n\u0000""#, #""敖汉😀/\"\\\n\u0000""#),
      ("\u{feff} []\n", "[]"), (#"{"a": 1, "a": 2}"#, #"{"a":1,"a":2}"#),
      ("\"\u{1b}[2J\u{9b}\"".replacing("\u{1b}", with: "\\u001b"), #""\u001b[2J\u009b""#),
      ("\"\u{202e}a\u{2066}\"", #""\u202ea\u2066""#),
    ])
  func reads(_ text: String, _ written: String) throws {
    let documents = try JSONParser.documents(in: text.utf8)
    #expect(documents.map(\.compactText) == [written])
    let indented = try #require(documents.first).indentedText
    #expect(try JSONParser.documents(in: indented.utf8) == documents)
  }

  @Test(
    "may be several documents behind one another", arguments: ["{}{} 1 \n[2]", "{}\n{}\n1\n[2]\n"])
  func several(_ text: String) throws {
    #expect(try JSONParser.documents(in: text.utf8).map(\.compactText) == ["{}", "{}", "1", "[2]"])
  }

  @Test("is indented for people")
  func indented() throws {
    let json: JSONValue = ["a": .array([.null, .object([])]), "b": ["c": "旗"]]
    #expect(
      json.indentedText == """
        {
          "a": [
            null,
            {}
          ],
          "b": {
            "c": "旗"
          }
        }
        """)
  }

  @Test(
    "is refused with line and column",
    arguments: [
      ("{", "expected a name in double quotes, at the end"),
      (#"{"a" 1}"#, #"expected a colon behind "a", line 1, column 6"#),
      ("{\"a\": 1\n \"b\"}", "expected a comma or }, line 2, column 2"),
      ("[1 2]", "expected a comma or ], line 1, column 4"),
      ("[1,]", "expected a value, line 1, column 4"),
      ("nul", "expected a value"), ("{'a': 1}", "expected a name in double quotes"),
      ("\"敖\\x\"", "no escape: behind \\ stands one of \"\\/bfnrtu, line 1, column 4"),
      ("\"a\nb\"", "a control character"), ("\"a", "the string does not end"),
      (#""\ud83d""#, "half of a surrogate pair"), (#""\udc00""#, "half of a surrogate pair"),
      (#""\u12g4""#, "four hexadecimal digits"), ("-", "expected a digit"),
      ("1.", "expected a digit"),
      (String(repeating: "[", count: 101), "more than 100 arrays"),
    ])
  func refuses(_ text: String, _ sentence: String) {
    let error = #expect(throws: DuikouError.self) { try JSONParser.documents(in: text.utf8) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
  }

  @Test("is refused where it is not UTF-8")
  func notUTF8() {
    #expect(throws: DuikouError.self) { try JSONParser.documents(in: [0x22, 0xff, 0x22]) }
  }
}
