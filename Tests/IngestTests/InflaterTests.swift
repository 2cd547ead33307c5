import Foundation
import Testing

@testable import Ingest

/// ISA-L and zlib read the same bytes: whole, cut, corrupt, in several members.
@Suite struct InflaterTests {
  private struct Reading: Equatable {
    var bytes: [UInt8] = []
    var fault: ByteStream.Fault?
  }

  private static let folder = Scratch()

  private final class Scratch: Sendable {
    let path = NSTemporaryDirectory() + "why401-" + UUID().uuidString
    init() {
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private func read(_ data: [UInt8], isFast: Bool, chunk: Int = 4096) throws -> Reading {
    let path = Self.folder.path + "/" + UUID().uuidString
    try Data(data).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try InputFile(path: path)
    var stream = isFast ? ByteStream(file) : ByteStream(slowly: file)
    var reading = Reading()
    var buffer = [UInt8](repeating: 0, count: chunk)
    while true {
      let got = stream.read(into: &buffer)
      if got == 0 { break }
      reading.bytes += buffer[..<got]
    }
    reading.fault = stream.fault
    return reading
  }

  private func gzip(_ text: [UInt8], _ level: String = "-6") throws -> [UInt8] {
    let path = Self.folder.path + "/" + UUID().uuidString
    try Data(text).write(to: URL(fileURLWithPath: path))
    let task = Process()
    task.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    task.arguments = ["gzip", level, path]
    try task.run()
    task.waitUntilExit()
    defer { try? FileManager.default.removeItem(atPath: path + ".gz") }
    return Array(try Data(contentsOf: URL(fileURLWithPath: path + ".gz")))
  }

  private static let text: [UInt8] = Array(
    (0..<900).map { "10.0.0.\($0 % 7) - - \"GET /orders/\($0 &* 7919) HTTP/1.1\" 401 \($0)\n" }
      .joined().utf8)

  private func agree(_ data: [UInt8], chunk: Int = 4096) throws {
    let fast = try read(data, isFast: true, chunk: chunk)
    let slow = try read(data, isFast: false, chunk: chunk)
    #expect(fast.fault == slow.fault)
    #expect(fast.bytes == slow.bytes)
  }

  @Test(arguments: ["-1", "-6", "-9"], [1, 61, 4096, 1 << 20])
  func `whole members give the same bytes`(level: String, chunk: Int) throws {
    let one = try gzip(Self.text, level)
    let whole = try read(one, isFast: true, chunk: chunk)
    #expect(whole == Reading(bytes: Self.text))
    try agree(one + one + [0, 0, 0], chunk: chunk)
    #expect(try read(one + one, isFast: true, chunk: chunk).bytes == Self.text + Self.text)
  }

  @Test func `a cut at any byte is the same fault at the same place`() throws {
    let one = try gzip(Self.text)
    let two = one + one
    for end in Array(2..<40) + Array(stride(from: 40, to: two.count, by: 331))
      + Array(one.count - 12..<one.count + 24)
    {
      try agree(Array(two[..<end]))
    }
  }

  @Test func `a changed byte is the same fault, and the bytes before it are the same`() throws {
    let one = try gzip(Self.text)
    for at in Array(2..<24) + Array(stride(from: 24, to: one.count, by: 97))
      + Array(one.count - 10..<one.count)
    {
      for flip: UInt8 in [0x01, 0x80, 0xff] {
        var broken = one + one
        broken[at] ^= flip
        try agree(broken)
      }
    }
  }

  @Test func `what follows the last member is named alike`() throws {
    let one = try gzip(Self.text)
    for tail in ["x", "\u{1f}", "rubbish at the end of it", "\0\0\0x"] {
      try agree(one + Array(tail.utf8))
    }
    try agree(one + [0x1f, 0x8b])
    try agree(one + [0x1f, 0x8b, 8, 0xe0, 0, 0, 0, 0, 0, 3])
    try agree(one + [0x1f, 0x8b, 9] + Array(repeating: 3, count: 40))
  }
}
