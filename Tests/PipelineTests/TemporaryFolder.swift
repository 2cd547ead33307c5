import Foundation

/// A folder for the inputs of one test; gone afterwards.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "why401-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  /// The bytes of `text` through gzip.
  func gzip(_ text: String) throws -> [UInt8] {
    let plain = try write("plain-" + UUID().uuidString, text)
    let task = Process()
    task.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    task.arguments = ["gzip", "-n", plain]
    try task.run()
    task.waitUntilExit()
    defer { try? FileManager.default.removeItem(atPath: plain + ".gz") }
    return Array(try Data(contentsOf: URL(fileURLWithPath: plain + ".gz")))
  }
}
