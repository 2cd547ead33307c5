// swift-tools-version: 6.2
import PackageDescription

/// Strict from the first line: every module is built with the same promises (see ARCHITECTURE.md).
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "why401",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "why401", targets: ["why401"])],
  targets: [
    // The nouns that stages hand to one another. Depends on nothing.
    .target(name: "Evidence", swiftSettings: strict),
    // Fast bytes.
    .target(name: "ByteScan", dependencies: ["CVector"], swiftSettings: strict),
    // Stages: verbs that never import one another.
    .target(
      name: "Ingest",
      dependencies: ["Evidence", "ByteScan", "CZlib", "CIsal", "CArchive"],
      swiftSettings: strict),
    .target(
      name: "Captures", dependencies: ["Evidence", "ByteScan", "CPcap", "CZlib", "CCrypto"],
      swiftSettings: strict),
    .target(name: "Correlate", dependencies: ["Evidence"], swiftSettings: strict),
    .target(name: "Diagnose", dependencies: ["Evidence"], swiftSettings: strict),
    .target(name: "Report", dependencies: ["Evidence"], swiftSettings: strict),
    // Wires the stages: batch and stream.
    .target(
      name: "Pipeline",
      dependencies: [
        "Evidence", "ByteScan", "Ingest", "Captures", "Correlate", "Diagnose", "Report", "CCrypto",
        "CYaml",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "why401", dependencies: ["Evidence", "Pipeline", "Report", "Diagnose", "CMalloc"],
      swiftSettings: strict,
      // Calls into a shared Swift runtime go through a table: 5 % of an analysis's time, and a sixth of a start's.
      linkerSettings: [
        .unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))
      ]),
    .testTarget(
      name: "FormatTests", dependencies: ["Evidence", "ByteScan", "Ingest"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportTests", dependencies: ["Report", "Evidence"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "IngestTests", dependencies: ["Ingest", "Evidence", "ByteScan", "CHyperscan"],
      swiftSettings: strict),
    .testTarget(
      name: "PipelineTests", dependencies: ["Pipeline", "Ingest", "Evidence", "ByteScan"],
      swiftSettings: strict),
    .testTarget(
      name: "CorrelateTests", dependencies: ["Correlate", "Evidence"], swiftSettings: strict),
    .testTarget(
      name: "DiagnoseTests", dependencies: ["Diagnose", "Evidence"], swiftSettings: strict),
    .testTarget(
      name: "WordsTests", dependencies: ["Pipeline", "Evidence"], swiftSettings: strict),
    .testTarget(name: "EndToEndTests", dependencies: ["why401"], swiftSettings: strict),
    .testTarget(
      name: "CapturesTests", dependencies: ["Captures", "Evidence", "ByteScan", "CNghttp2"],
      swiftSettings: strict),
    // Questions to 64 bytes at once: a header for Clang.
    .systemLibrary(name: "CVector"),
    // How glibc's allocator is told what to keep.
    .systemLibrary(name: "CMalloc"),
    // System libraries, one folder each: a module map and a header (installed by Scripts/setup).
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"]), .brew(["isa-l"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"]), .brew(["libpcap"])]),
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CYaml", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    // The oracle of the header decoder; tests only.
    .systemLibrary(
      name: "CNghttp2", pkgConfig: "libnghttp2",
      providers: [.apt(["libnghttp2-dev"]), .brew(["libnghttp2"])]),
    // The oracle of the matcher of messages; tests only.
    .systemLibrary(
      name: "CHyperscan", pkgConfig: "libhs",
      providers: [.apt(["libvectorscan-dev"]), .brew(["vectorscan"])]),
  ]
)
