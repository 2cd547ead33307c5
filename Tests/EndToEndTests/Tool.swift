import Foundation

/// The built binary, run as a user runs it.
enum Tool {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Beside the test bundle, in the same build folder.
  static let url: URL = {
    var folder = Bundle.main.bundleURL
    #if os(macOS)
      folder = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? folder
      folder.deleteLastPathComponent()
    #else
      if folder.pathExtension == "xctest" { folder.deleteLastPathComponent() }
    #endif
    return folder.appending(path: "why401")
  }()

  /// Runs `why401` with `input` on standard input; `nil` = /dev/null.
  static func run(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
    folder: URL? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"].merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    // Files instead of pipes: nothing can block, whatever the sizes.
    let out = try Scratch.file()
    let err = try Scratch.file()
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    if let input {
      let feed = try Scratch.file(input)
      process.standardInput = try FileHandle(forReadingFrom: feed)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try String(contentsOf: out, encoding: .utf8),
      errors: try String(contentsOf: err, encoding: .utf8))
  }

  /// The JSON report on files.
  static func report(_ inputs: [String]) throws -> [String: Any] {
    let result = try run(["-q", "--fail-on", "never", "--json", "-"] + inputs)
    let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return report as? [String: Any] ?? [:]
  }

  /// The attribution rows of files.
  static func attributions(_ inputs: [String]) throws -> [[String: Any]] {
    let result = try run(["-q", "--fail-on", "never", "--attributions", "-"] + inputs)
    return try result.output.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// How the failures in files were weighed: signs by their names.
  static func weighing(_ inputs: [String]) throws -> String {
    try run(["-q", "--fail-on", "never", "--weighing", "-"] + inputs).output
  }

  /// Runs a line of shell in which `$WHY401` is the tool.
  static func shell(_ line: String, folder: URL? = nil) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line]
    process.environment = ["PATH": "/usr/bin:/bin", "WHY401": url.path]
    if let folder { process.currentDirectoryURL = folder }
    let out = try Scratch.file()
    let err = try Scratch.file()
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try String(contentsOf: out, encoding: .utf8),
      errors: try String(contentsOf: err, encoding: .utf8))
  }
}

/// Attribution rows.
extension [[String: Any]] {
  var causes: Set<String> { Set(compactMap { $0["cause"] as? String }) }

  /// Those of one client's calls.
  func of(client: String) -> Self { filter { $0["client"] as? String == client } }

  /// Those of calls below a path.
  func below(_ path: String) -> Self { filter { ($0["path"] as? String ?? "").hasPrefix(path) } }

  /// Those of a time, as RFC 3339 writes it.
  func when(_ isMeant: (String) -> Bool) -> Self { filter { isMeant($0["time"] as? String ?? "") } }
}

/// Files that exist for one test run.
enum Scratch {
  static let folder: URL = {
    let url = FileManager.default.temporaryDirectory.appending(path: "why401-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: Scratch.folder) }
    return url
  }()

  static func file(_ text: String = "", name: String = UUID().uuidString) throws -> URL {
    let url = folder.appending(path: name)
    try Data(text.utf8).write(to: url)
    return url
  }
}

/// Real lines: two refusals and a success at an ingress-nginx.
enum Lines {
  static let refusals = """
    172.20.8.64 - - [23/Nov/2026:18:20:18 +0000] "GET /orders/17 HTTP/1.1" 401 60 "-" "okhttp/4.12" 612 0.004 [shop-orders-8080] [] 10.244.1.134:8080 60 0.004 401 3f0c1d2e4b5a69788796a5b4c3d2e1f0
    172.20.8.64 - - [23/Nov/2026:18:20:19 +0000] "GET /orders/18 HTTP/1.1" 401 60 "-" "okhttp/4.12" 612 0.004 [shop-orders-8080] [] 10.244.1.134:8080 60 0.004 401 4f0c1d2e4b5a69788796a5b4c3d2e1f0

    """
  static let success = """
    172.20.8.64 - - [23/Nov/2026:18:20:17 +0000] "GET /orders/16 HTTP/1.1" 200 912 "-" "okhttp/4.12" 612 0.004 [shop-orders-8080] [] 10.244.1.134:8080 912 0.004 200 5f0c1d2e4b5a69788796a5b4c3d2e1f0

    """
}
