import DuikouWire
import SwiftProtobuf
import Testing

@Suite("A server's descriptors")
struct DescriptorPoolTests {
  private typealias File = Google_Protobuf_FileDescriptorProto

  /// A file with a thing of each kind, of which one may be called otherwise.
  private static func file(
    package: String = "shop", service: String = "Orders", method: String = "Put",
    message: String = "Order", field: String = "id", oneof: String = "choice",
    nested: String = "Line", enumeration: String = "State", value: String = "OPEN"
  ) -> File {
    .with {
      $0.name = "shop.proto"
      $0.package = package
      $0.messageType = [
        .with {
          $0.name = message
          $0.field = [
            .with {
              $0.name = field
              $0.number = 1
            }
          ]
          $0.oneofDecl = [.with { $0.name = oneof }]
          $0.nestedType = [.with { $0.name = nested }]
        }
      ]
      $0.enumType = [
        .with {
          $0.name = enumeration
          $0.value = [.with { $0.name = value }]
        }
      ]
      $0.service = [
        .with {
          $0.name = service
          $0.method = [.with { $0.name = method }]
        }
      ]
    }
  }

  @Test("are found by their names")
  func names() {
    var pool = DescriptorPool()
    pool.add(Self.file())
    #expect(pool.service("shop.Orders")?.methods.map(\.name) == ["Put"])
    #expect(pool.file(containing: "shop.Order.Line")?.name == "shop.proto")
    pool.add(Self.file(package: ""))
    #expect(pool.service("Orders") != nil)
  }

  @Test(
    "are left out where a name is none in protobuf, and would be run by a shell",
    arguments: ["$(touch${IFS}/tmp/x)x", "`id`", "", "1a", "a-b", "a b", "a.b", "é", "a\n"])
  func hostile(_ name: String) {
    let files = [
      Self.file(package: name.isEmpty ? "." : "\(name)."), Self.file(service: name),
      Self.file(method: name), Self.file(message: name), Self.file(field: name),
      Self.file(oneof: name), Self.file(nested: name), Self.file(enumeration: name),
      Self.file(value: name),
    ]
    for file in files {
      var pool = DescriptorPool()
      let known = pool.messageNames
      pool.add(file)
      #expect(pool.messageNames == known)
      #expect(pool.service("shop.\(name)") == nil && pool.service("shop.Orders") == nil)
      #expect(pool.missingImports.isEmpty)
    }
    #expect(!ProtoIdentifier.isFullName("shop.\(name)") || name == "a.b")
  }

  @Test("lack what they import until it is added")
  func imports() {
    var pool = DescriptorPool()
    var file = Self.file()
    file.dependency = ["b.proto", "a.proto", "google/protobuf/any.proto"]
    pool.add(file)
    #expect(pool.missingImports == ["a.proto", "b.proto"])
    pool.add(
      .with {
        $0.name = "a.proto"
        $0.dependency = ["shop.proto", "c.proto"]
      })
    #expect(pool.missingImports == ["b.proto", "c.proto"])
  }

  @Test("are printed where a field names a oneof that is not there")
  func oneof() {
    var file = Self.file()
    file.messageType[0].nestedType = []
    file.messageType[0].field[0].type = .string
    for index: Int32 in [-1, 1, .max] {
      file.messageType[0].field[0].oneofIndex = index
      #expect(
        ProtoText.print(symbol: "shop.Order", of: file) == "message Order {\n  string id = 1;\n}\n")
    }
  }

  @Test(
    "are printed with the edition they are of",
    arguments: [(1000, "2023"), (1001, "2024")])
  func edition(_ number: Int, _ name: String) throws {
    var file = Self.file()
    file.syntax = "editions"
    file.edition = try #require(Google_Protobuf_Edition(rawValue: number))
    #expect(ProtoText.print(file).hasPrefix("edition = \"\(name)\";\n"))
  }

  /// A message `m.M` with a message `inner`, written as the file and the field say.
  private static func delimited(
    file fileEncoding: Google_Protobuf_FeatureSet.MessageEncoding,
    field fieldEncoding: Google_Protobuf_FeatureSet.MessageEncoding
  ) -> File {
    .with {
      $0.name = "m.proto"
      $0.package = "m"
      $0.syntax = "editions"
      $0.edition = .edition2023
      $0.options.features.messageEncoding = fileEncoding
      $0.messageType = [
        .with {
          $0.name = "M"
          $0.field = [
            .with {
              $0.name = "inner"
              $0.number = 1
              $0.label = .optional
              $0.type = .message
              $0.typeName = ".m.M"
              $0.options.features.messageEncoding = fieldEncoding
            },
            .with {
              $0.name = "map"
              $0.number = 2
              $0.label = .repeated
              $0.type = .message
              $0.typeName = ".m.M.MapEntry"
            },
          ]
          $0.nestedType = [
            .with {
              $0.name = "MapEntry"
              $0.options.mapEntry = true
              $0.field = [
                .with {
                  $0.name = "key"
                  $0.number = 1
                  $0.type = .int32
                },
                .with {
                  $0.name = "value"
                  $0.number = 2
                  $0.type = .message
                  $0.typeName = ".m.M"
                },
              ]
            }
          ]
        }
      ]
    }
  }

  @Test(
    "say whether a message has its length in front, but for maps",
    arguments: [
      (Google_Protobuf_FeatureSet.MessageEncoding.delimited, .unknown, true),
      (.unknown, .delimited, true), (.delimited, .lengthPrefixed, false),
      (.unknown, .unknown, false),
    ]
      as [(
        Google_Protobuf_FeatureSet.MessageEncoding, Google_Protobuf_FeatureSet.MessageEncoding, Bool
      )])
  func encoding(
    _ file: Google_Protobuf_FeatureSet.MessageEncoding,
    _ field: Google_Protobuf_FeatureSet.MessageEncoding, _ isDelimited: Bool
  ) throws {
    var pool = DescriptorPool()
    pool.add(Self.delimited(file: file, field: field))
    let codec = MessageCodec(pool)
    let json: JSONValue = ["inner": .object([]), "map": ["1": .object([])]]
    let bytes = try codec.encode(json, as: "m.M")
    #expect(bytes == (isDelimited ? [0x0b, 0x0c] : [0x0a, 0]) + [0x12, 4, 8, 1, 0x12, 0])
    #expect(try codec.decode(bytes, as: "m.M").json == json)
  }
}
