// swift-tools-version: 6.2
import Foundation
import PackageDescription

// Targets stand bottom to top: each imports only what stands above it (ARCHITECTURE.md shows the arrows).
// FARQ_WITHOUT_TORCH=1 leaves out everything that needs libtorch: text, tokenizer, data, metrics and
// report then build and test alone, in a minute.
let isFuzzing = Context.environment["FARQ_FUZZ"] == "1"  // scripts/fuzz.sh
let isCarried = Context.environment["FARQ_CARRIED"] == "1"  // scripts/dist.sh
let withoutTorch = isFuzzing || Context.environment["FARQ_WITHOUT_TORCH"] == "1"
let root = Context.packageDirectory

// `.libtorch` is a link that `make setup` lays: to the folder `torch` of the wheel, or to $LIBTORCH.
let libtorch = "\(root)/.libtorch"
// What is carried finds the CUDA half through libtorch.so, so that one folder serves both builds of libtorch.
let hasCUDA = !isCarried && FileManager.default.fileExists(atPath: "\(libtorch)/lib/libtorch_cuda.so")

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  linker: [LinkerSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings,
    linkerSettings: linker)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], testing: String = "FarqTesting"
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), .byName(name: testing)] + dependencies,
    exclude: fixtures(of: name), swiftSettings: settings)
}

/// Tests read their fixtures and Python scripts from the source tree, so these are no resources and named as left out.
func fixtures(of name: String) -> [String] {
  ["Fixtures", "interop", "hub_server.py"].filter {
    FileManager.default.fileExists(atPath: "\(root)/Tests/\(name)Tests/\($0)")
  }
}

#if os(macOS)
  let digests: [Target.Dependency] = []  // CryptoKit belongs to the system
#else
  let digests: [Target.Dependency] = ["CCrypto"]
#endif
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let serverPackages: [Target.Dependency] = [
  .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HummingbirdCore", package: "hummingbird"),
  logging,
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
  .product(name: "UnixSignals", package: "swift-service-lifecycle"),
]
let hubPackages: [Target.Dependency] = [
  .product(name: "AsyncHTTPClient", package: "async-http-client"), .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
]
let serverRepositories: [Package.Dependency] = [
  .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: ["FullFoundation"]),
  .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
]
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

var targets: [Target] = [
  .systemLibrary(
    name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
  library("FarqCore", digests),
  library("FarqTesting", ["FarqCore"]),
  library("FarqArabicText", ["FarqCore"]),
  library("FarqTokenizer", ["FarqCore"]),
  .systemLibrary(
    name: "CArchive", pkgConfig: "libarchive",
    providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
  library("FarqDatasets", ["FarqCore", "CArchive"]),
  library("FarqMetrics", ["FarqCore"]),
  .systemLibrary(
    name: "CLinear", providers: [.apt(["liblinear-dev"]), .brew(["liblinear"])]),
  library("FarqLinear", ["FarqCore", "CLinear"]),
  library("FarqReport", ["FarqCore", "FarqMetrics"]),
  library("FarqSample", resources: [.copy("Resources/news.jsonl"), .copy("Resources/mini")]),
  tests("FarqCore"),
  tests("FarqArabicText"),
  tests("FarqTokenizer"),
  tests("FarqDatasets"),
  tests("FarqMetrics"),
  tests("FarqLinear"),
  tests("FarqReport", ["FarqMetrics"]),
]

var products: [Product] = [
  .library(name: "FarqText", targets: ["FarqArabicText", "FarqTokenizer"]),
  .library(name: "FarqMetrics", targets: ["FarqMetrics"]),
]

if !withoutTorch {
  // Found at run time without environment variables: beside the checkout's binary, and at its absolute place.
  let runPath = "\(libtorch)/lib"
  #if os(macOS)
    let relative = "@loader_path/../../../.libtorch/lib"
  #else
    let relative = "$ORIGIN/../../../.libtorch/lib"
  #endif
  let runPaths = isCarried ? [] : [relative, runPath].flatMap { ["-Xlinker", "-rpath", "-Xlinker", $0] }
  var torchLinker: [LinkerSetting] = [
    .unsafeFlags(["-L\(runPath)"] + runPaths),
    .linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
  ]
  if hasCUDA {
    torchLinker += [
      .unsafeFlags(["-Xlinker", "--no-as-needed"]), .linkedLibrary("torch_cuda"), .linkedLibrary("c10_cuda"),
    ]
  }
  targets += [
    .target(
      name: "CTorch",
      cxxSettings: [
        .headerSearchPath("../../.libtorch/include"),
        .headerSearchPath("../../.libtorch/include/torch/csrc/api/include"),
      ],
      linkerSettings: torchLinker),
    library("FarqTorch", ["FarqCore", "CTorch"]),
    library("FarqModels", ["FarqCore", "FarqTorch"], resources: [.embedInCode("Resources/modeling_farq.py")]),
    tests("FarqTorch"),
    tests("FarqModels", ["FarqTorch"]),
    library(
      "FarqInference", ["FarqCore", "FarqArabicText", "FarqReport", "FarqTorch", "FarqModels", "FarqTokenizer"]),
    library("FarqExport", ["FarqCore", "FarqTorch", "FarqModels", "FarqTokenizer"]),
    library(
      "FarqTraining", ["FarqCore", "FarqTorch", "FarqModels", "FarqInference", "FarqMetrics", "FarqTokenizer"]),
    library(
      "FarqExperiment",
      [
        "FarqArabicText", "FarqCore", "FarqDatasets", "FarqInference", "FarqLinear", "FarqMetrics", "FarqModels",
        "FarqReport", "FarqSample", "FarqTokenizer", "FarqTorch", "FarqTraining",
      ]),
    library("FarqHub", ["FarqCore"] + hubPackages),
    library(
      "FarqServer",
      ["FarqCore", "FarqInference", "FarqModels", "FarqReport", "FarqSample", "FarqTorch"] + serverPackages,
      resources: ["page.html", "page.css", "page.js", "openapi.json"].map { .embedInCode("Resources/\($0)") }),
    library(
      "FarqCommands",
      [
        "FarqArabicText", "FarqCore", "FarqDatasets", "FarqExperiment", "FarqExport", "FarqHub", "FarqInference",
        "FarqMetrics",
        "FarqModels", "FarqReport", "FarqServer", "FarqTokenizer", "FarqTorch", "FarqTraining", argumentParser, logging,
      ]),
    .executableTarget(
      name: "farq", dependencies: ["FarqCommands"] + (isCarried ? ["CNoTables"] : []), swiftSettings: settings),
    tests("FarqInference", ["FarqCore", "FarqModels", "FarqTorch"]),
    tests("FarqTraining", ["FarqCore", "FarqInference", "FarqModels", "FarqTokenizer", "FarqTorch"]),
    tests("FarqExport", ["FarqCore", "FarqModels", "FarqTokenizer", "FarqTorch"]),
    tests("FarqExperiment", ["FarqDatasets", "FarqMetrics"]),
    tests("FarqHub", ["FarqCore"]),
    tests("FarqServer", [logging]),
    tests("FarqCommands", ["FarqCore", "FarqReport", "FarqTorch"]),
  ]
}

if isCarried { targets.append(.target(name: "CNoTables")) }

// The fuzzers, with those files of FarqTorch and FarqModels that need no libtorch, under their modules' names.
if isFuzzing {
  let formats = [
    "IO/HeaderScanner.swift", "IO/PickleReader.swift", "IO/PickleValue.swift", "IO/SafetensorsDType.swift",
    "IO/SafetensorsEntry.swift", "IO/SafetensorsHeader.swift", "IO/ZipArchive.swift", "Runtime/DType.swift",
  ]
  let sizes = [
    "BERT/BERTConfiguration.swift", "BERT/BERTConfiguration+File.swift", "BERT/ConfigurationReader.swift",
    "BERT/ConfigurationReader+Labels.swift",
    "BERT/FarqConfiguration.swift", "EncoderDecoder/BERTConfiguration+EncoderDecoder.swift",
    "EncoderDecoder/LabelTokens.swift", "Plan",
  ]
  targets += [
    .target(
      name: "FarqTorch", dependencies: ["FarqCore"], path: "Sources/FarqTorch", sources: formats,
      swiftSettings: settings),
    .target(
      name: "FarqModels", dependencies: ["FarqCore", "FarqTorch"], path: "Sources/FarqModels", sources: sizes,
      swiftSettings: settings),
    .target(
      name: "FarqFuzz",
      dependencies: [
        "FarqCore", "FarqArabicText", "FarqTokenizer", "FarqDatasets", "FarqMetrics", "FarqTorch", "FarqModels",
      ],
      path: "Fuzzing", exclude: ["corpus", "make_corpus.py"], swiftSettings: settings),
  ]
}

// FARQ_TESTS=FarqModels,FarqTorch leaves out the tests of all other modules, and what only they need.
if let chosen = Context.environment["FARQ_TESTS"]?.split(separator: ",").map({ "\($0)Tests" }) {
  targets.removeAll { $0.type == .test && !chosen.contains($0.name) }
}

let package = Package(
  name: "Farq",
  platforms: [.macOS(.v15)],
  products: products,
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ] + (withoutTorch ? [] : serverRepositories),
  targets: targets,
  cxxLanguageStandard: .cxx20
)
