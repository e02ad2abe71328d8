// swift-tools-version: 6.3
import CompilerPluginSupport
import PackageDescription

/// The kit's users see the contract and the kit only; the daemon's packages are never built for them.
let swift: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let strictC: [CSetting] = [.unsafeFlags(["-Wall", "-Wextra", "-Wpedantic", "-Werror"])]

/// Only the entry symbol leaves a plugin, and what it lacks shows at the link, not at the load.
let exportEntryOnly = [
  "-Xlinker", "--version-script=\(Context.packageDirectory)/include/duikou.map",
  "-Xlinker", "-z", "-Xlinker", "defs",
]

/// The default linker leaves Swift's metadata visible behind a version script's back.
let withLLD = ["-use-ld=lld"]

/// The package manager links C libraries as if they were Swift; this keeps Swift's runtime out.
let withoutSwiftRuntime = ["-enable-experimental-feature", "Embedded"]

/// What plugins find in the worker instead of in the C library.
let exportInterposed = [
  "open", "open64", "pthread_create", "pthread_sigmask", "sigprocmask",
].flatMap { ["-Xlinker", "--export-dynamic-symbol=\($0)"] }

/// The worker's crash handlers must not need the loader, which may be what has crashed.
let bindNow = ["-Xlinker", "-z", "-Xlinker", "now", "-Xlinker", "-z", "-Xlinker", "relro"]

/// Calls of plain C functions; from the archive, which keeps a worker's start as short as before.
let withFFI = ["-Xlinker", "-l:libffi.a"]

let cPlugins = [
  "Segments", "Agreements", "Markdown", "Daylight", "Figures", "Texts", "Office", "Pdf",
]
let swiftPlugins = [
  "Places", "Agencies", "People", "Quantities", "Names", "Pairings", "Events",
  "Exchanges", "Ledgers", "Tagger", "Html",
]

/// Plugins whose facts lie beside them as tables, and are built into the library.
let withData = [
  "Places", "Agencies", "People", "Quantities", "Names", "Pairings", "Events", "Exchanges",
  "Ledgers", "Html",
]

/// Modules that plugins stand on besides the kit and `DuikouText`.
let withModules: [String: [Target.Dependency]] = ["Tagger": ["DuikouTagger", "TaggerModelData"]]

/// What plugins are linked with besides the C library.
let withLibraries = [
  "Daylight": ["nova"], "Figures": ["m"], "Texts": ["xml2"], "Office": ["archive", "xml2", "m"],
  "Pdf": ["z"],
]

/// Where headers of those lie that no compiler looks for.
let withHeaders = ["Texts": ["/usr/include/libxml2"], "Office": ["/usr/include/libxml2"]]

/// Libraries whose headers and parts pkg-config knows.
let withPackages: [String: [Target.Dependency]] = ["Pdf": ["CPoppler"]]

/// Plugins of plain functions, which read no documents, and readers, whose files are in Tests/CReaderTests.
let withoutFixtures = ["Daylight", "Figures", "Texts", "Office", "Pdf"]

func product(_ name: String, _ package: String) -> Target.Dependency {
  .product(name: name, package: package)
}

let package = Package(
  name: "duikou",
  products: [
    .library(name: "CDuikou", targets: ["CDuikou"]),
    .library(name: "DuikouPlugin", targets: ["DuikouPlugin"]),
    .library(name: "DuikouText", targets: ["DuikouText"]),
    .library(name: "DuikouTagger", targets: ["DuikouTagger"]),
    .library(name: "CDuikouRuntime", targets: ["CDuikouRuntime"]),
    .library(name: "DuikouModel", targets: ["DuikouModel"]),
    .library(name: "DuikouHost", targets: ["DuikouHost"]),
    .library(name: "DuikouWire", targets: ["DuikouWire"]),
    .executable(name: "duikou", targets: ["duikou"]),
    .executable(name: "duikoud", targets: ["duikoud"]),
    .executable(name: "duikou-worker", targets: ["duikou-worker"]),
  ]
    + (cPlugins + swiftPlugins).map {
      .library(name: "duikou-\($0.lowercased())", type: .dynamic, targets: [$0])
    },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
  ],
  targets: [
    // The contract, and what stands on it.
    .target(name: "CDuikou", path: "include", exclude: ["duikou/v1"], publicHeadersPath: "."),
    .target(name: "CDuikouRuntime", dependencies: ["CDuikou"], cSettings: strictC),
    .target(
      name: "CDuikouFunctions", dependencies: ["CDuikouRuntime"],
      cSettings: strictC + [.headerSearchPath("../CDuikouRuntime")],
      linkerSettings: [.unsafeFlags(withFFI)]),
    .executableTarget(
      name: "duikou-worker", dependencies: ["CDuikouRuntime", "CDuikouFunctions"],
      cSettings: strictC + [.headerSearchPath("../CDuikouRuntime")],
      linkerSettings: [.unsafeFlags(withoutSwiftRuntime + withLLD + exportInterposed + bindNow)]),
    .target(
      name: "DuikouModel", dependencies: ["CDuikou", "CDuikouRuntime"], swiftSettings: swift),

    // What plugins in C are built on.
    .systemLibrary(
      name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),

    // For authors of plugins.
    .macro(
      name: "DuikouPluginMacros",
      dependencies: [
        product("SwiftCompilerPlugin", "swift-syntax"),
        product("SwiftSyntaxMacros", "swift-syntax"),
      ],
      swiftSettings: swift),
    .target(
      name: "DuikouPlugin", dependencies: ["DuikouModel", "DuikouPluginMacros"],
      swiftSettings: swift),
    .target(
      name: "DuikouReading", dependencies: ["DuikouPlugin", "DuikouText"],
      resources: [.embedInCode("Data")], swiftSettings: swift),
    .target(
      name: "DuikouText", resources: [.embedInCode("Data")], swiftSettings: swift),
    .target(name: "DuikouTagger", dependencies: ["DuikouText"], swiftSettings: swift),
    .target(
      name: "TaggerModelData", path: "Plugins/Tagger/Model", exclude: ["names.model"],
      cSettings: strictC + [.unsafeFlags(["-Wno-c23-extensions"])]),

    // The host.
    .target(
      name: "DuikouHost",
      dependencies: [
        "DuikouModel", "CDuikouRuntime", "CDuikouFunctions", product("Crypto", "swift-crypto"),
        product("Logging", "swift-log"),
      ],
      swiftSettings: swift),
    .target(
      name: "DuikouPipeline", dependencies: ["DuikouHost", "DuikouModel", "DuikouWire"],
      swiftSettings: swift),

    // Over the network.
    .target(
      name: "DuikouWire",
      dependencies: ["DuikouModel", "CDuikou", product("SwiftProtobuf", "swift-protobuf")],
      swiftSettings: swift),
    .target(
      name: "DuikouAPI",
      dependencies: [
        "DuikouModel", product("GRPCCore", "grpc-swift-2"),
        product("GRPCProtobuf", "grpc-swift-protobuf"),
        product("SwiftProtobuf", "swift-protobuf"),
      ],
      exclude: ["Protos"], resources: [.embedInCode("Generated/descriptors.pb")],
      swiftSettings: swift),
    .target(
      name: "DuikouClient",
      dependencies: [
        "DuikouAPI", "DuikouModel", "DuikouWire", product("GRPCCore", "grpc-swift-2"),
        product("SwiftProtobuf", "swift-protobuf"),
        product("GRPCNIOTransportHTTP2Posix", "grpc-swift-nio-transport"),
        product("NIOPosix", "swift-nio"), product("NIOSSL", "swift-nio-ssl"),
      ],
      swiftSettings: swift),

    // What a configuration file says.
    .target(
      name: "DuikouSettings", dependencies: ["DuikouHost", "DuikouModel", product("Yams", "Yams")],
      swiftSettings: swift),

    // The daemon.
    .target(
      name: "DuikouStore",
      dependencies: ["DuikouModel", product("GRDB", "GRDB.swift")],
      swiftSettings: swift),
    .target(
      name: "DuikouServer",
      dependencies: [
        "DuikouAPI", "DuikouHost", "DuikouModel", "DuikouPipeline", "DuikouSettings", "DuikouStore",
        "DuikouWire",
        product("CoreMetrics", "swift-metrics"), product("Crypto", "swift-crypto"),
        product("GRPCCore", "grpc-swift-2"), product("Hummingbird", "hummingbird"),
        product("GRPCProtobuf", "grpc-swift-protobuf"),
        product("SwiftProtobuf", "swift-protobuf"),
        product("GRPCNIOTransportHTTP2Posix", "grpc-swift-nio-transport"),
        product("Logging", "swift-log"), product("NIOCore", "swift-nio"),
        product("NIOPosix", "swift-nio"), product("NIOSSL", "swift-nio-ssl"),
        product("NIOTLS", "swift-nio"),
        product("Tracing", "swift-distributed-tracing"), product("X509", "swift-certificates"),
        product("ServiceLifecycle", "swift-service-lifecycle"),
        product("UnixSignals", "swift-service-lifecycle"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "duikoud",
      dependencies: [
        "DuikouHost", "DuikouModel", "DuikouServer",
        product("ArgumentParser", "swift-argument-parser"), product("Logging", "swift-log"),
        product("Tracing", "swift-distributed-tracing"),
      ],
      swiftSettings: swift),

    // For people.
    .target(name: "DuikouTerminal", swiftSettings: swift),
    .executableTarget(
      name: "duikou",
      dependencies: [
        "DuikouClient", "DuikouHost", "DuikouModel", "DuikouPipeline", "DuikouSettings",
        "DuikouTagger", "DuikouTerminal", "DuikouText", "DuikouWire",
        product("ArgumentParser", "swift-argument-parser"), product("Crypto", "swift-crypto"),
        product("Logging", "swift-log"), product("SwiftASN1", "swift-asn1"),
        product("X509", "swift-certificates"),
      ],
      resources: [.embedInCode("Resources/sample.txt")], swiftSettings: swift),
  ]
    + cPlugins.map { name in
      .target(
        name: name, dependencies: ["CDuikou"] + (withPackages[name] ?? []), path: "Plugins/\(name)",
        exclude: ["README.md"] + (withoutFixtures.contains(name) ? [] : ["Fixtures"]),
        publicHeadersPath: ".",
        cSettings: strictC + (withHeaders[name] ?? []).map { .unsafeFlags(["-I\($0)"]) },
        linkerSettings: [.unsafeFlags(withoutSwiftRuntime + exportEntryOnly)]
          + (withLibraries[name] ?? []).map { .linkedLibrary($0) })
    }
    + swiftPlugins.map { name in
      .target(
        name: name,
        dependencies: ["DuikouPlugin", "DuikouReading", "DuikouText"] + (withModules[name] ?? []),
        path: "Plugins/\(name)",
        exclude: ["README.md", "Fixtures"] + (name == "Tagger" ? ["Model"] : []),
        resources: withData.contains(name) ? [.embedInCode("Data")] : [], swiftSettings: swift,
        linkerSettings: [.unsafeFlags(withLLD + exportEntryOnly)])
    }
    + [
      // Tests.
      .target(
        name: "TestSupport", dependencies: [product("Logging", "swift-log")], path: "Tests/Support",
        swiftSettings: swift),
      .testTarget(
        name: "ContractTests", dependencies: ["TestSupport"], swiftSettings: swift),
      .testTarget(
        name: "DuikouModelTests", dependencies: ["DuikouModel", "CDuikouRuntime"],
        swiftSettings: swift),
      .testTarget(
        name: "DuikouPluginTests", dependencies: ["DuikouPlugin"], swiftSettings: swift),
      .testTarget(
        name: "DuikouHostTests",
        dependencies: ["DuikouHost", "TestSupport", product("Logging", "swift-log")],
        swiftSettings: swift),
      .testTarget(
        name: "DuikouPipelineTests",
        dependencies: ["DuikouPipeline", "TestSupport", product("Logging", "swift-log")],
        swiftSettings: swift),
      .testTarget(
        name: "DuikouStoreTests",
        dependencies: ["DuikouStore", "TestSupport", product("GRDB", "GRDB.swift")],
        swiftSettings: swift),
      .testTarget(
        name: "DuikouWireTests",
        dependencies: [
          "DuikouAPI", "DuikouWire", "TestSupport", product("SwiftProtobuf", "swift-protobuf"),
        ],
        swiftSettings: swift),
      .testTarget(
        name: "DuikouAPITests",
        dependencies: ["DuikouAPI", product("SwiftProtobuf", "swift-protobuf")],
        swiftSettings: swift),
      .testTarget(
        name: "DuikouServerTests",
        dependencies: [
          "DuikouAPI", "DuikouHost", "DuikouModel", "DuikouServer", "DuikouSettings", "TestSupport",
          product("CoreMetrics", "swift-metrics"), product("GRPCCore", "grpc-swift-2"),
          product("Logging", "swift-log"), product("Tracing", "swift-distributed-tracing"),
        ],
        swiftSettings: swift),
      .testTarget(
        name: "DuikouTerminalTests", dependencies: ["DuikouTerminal"], swiftSettings: swift),
      .testTarget(
        name: "DuikouTaggerTests", dependencies: ["DuikouTagger", "DuikouText", "TestSupport"],
        swiftSettings: swift),
      .testTarget(
        name: "DuikouReadingTests", dependencies: ["DuikouReading"], swiftSettings: swift),
      .testTarget(
        name: "DuikouTextTests", dependencies: ["DuikouText", "TestSupport"],
        swiftSettings: swift),
      .testTarget(
        name: "EndToEndTests",
        dependencies: [
          "TestSupport", "DuikouAPI", "DuikouClient", "DuikouModel",
          product("GRPCCore", "grpc-swift-2"),
        ],
        swiftSettings: swift),
      .testTarget(
        name: "PluginTests",
        dependencies: ["DuikouPipeline", "TestSupport", product("Logging", "swift-log")],
        swiftSettings: swift),
    ]
)
