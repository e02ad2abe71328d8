// swift-tools-version: 6.3
import PackageDescription

let strictC: [CSetting] = [.unsafeFlags(["-Wall", "-Wextra", "-Wpedantic", "-Werror"])]

/// As in the plugins' own package: no Swift runtime in a library of C.
let plainC = ["-enable-experimental-feature", "Embedded", "-Xlinker", "-z", "-Xlinker", "defs"]

func product(_ name: String, _ package: String) -> Target.Dependency {
  .product(name: name, package: package)
}

let package = Package(
  name: "duikou-benchmarks",
  products: [
    .library(name: "duikou-bench-plugin", type: .dynamic, targets: ["BenchPlugin"]),
    .executable(name: "duikou-bench", targets: ["duikou-bench"]),
    .executable(name: "duikou-bench-text", targets: ["duikou-bench-text"]),
  ],
  dependencies: [
    .package(name: "duikou", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .target(name: "CBenchWork", dependencies: [product("CDuikou", "duikou")]),
    .target(
      name: "BenchPlugin", dependencies: ["CBenchWork"], publicHeadersPath: ".",
      cSettings: strictC, linkerSettings: [.unsafeFlags(plainC)]),
    .target(
      name: "CBench", dependencies: ["CBenchWork", product("CDuikouRuntime", "duikou")],
      cSettings: strictC, linkerSettings: [.linkedLibrary("ffi"), .linkedLibrary("dl")]),
    .executableTarget(
      name: "duikou-bench",
      dependencies: [
        "CBench", product("DuikouHost", "duikou"), product("DuikouModel", "duikou"),
        product("DuikouWire", "duikou"),
        product("ArgumentParser", "swift-argument-parser"), product("Logging", "swift-log"),
      ],
      swiftSettings: [.enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "duikou-bench-text", dependencies: [product("DuikouText", "duikou")],
      swiftSettings: [.enableUpcomingFeature("ExistentialAny")]),
  ]
)
