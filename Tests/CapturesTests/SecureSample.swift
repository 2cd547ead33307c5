import Foundation

@testable import Captures
@testable import Evidence

/// A real TLS connection and its secrets: `Samples/tls/<name>.pcap` and `.keys`.
struct SecureSample {
  let name: String
  let keys: [UInt8]
  /// The file's header, and its packets with their record headers.
  private let header: ArraySlice<UInt8>
  let packets: [ArraySlice<UInt8>]

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Samples/tls")

  static let names = [
    "1.2-ecdhe-ecdsa-aes128-gcm-sha256", "1.2-ecdhe-ecdsa-aes256-gcm-sha384",
    "1.2-ecdhe-ecdsa-chacha20-poly1305", "1.2-ecdhe-ecdsa-aes128-sha",
    "1.2-ecdhe-ecdsa-aes256-sha384", "1.3-tls-aes-128-gcm-sha256", "1.3-tls-aes-256-gcm-sha384",
    "1.3-tls-chacha20-poly1305-sha256",
  ]

  init(_ name: String) throws {
    self.name = name
    keys = Array(try Data(contentsOf: Self.root.appendingPathComponent(name + ".keys")))
    let bytes = Array(try Data(contentsOf: Self.root.appendingPathComponent(name + ".pcap")))
    header = bytes[..<24]
    var packets: [ArraySlice<UInt8>] = []
    var at = 24
    while at + 16 <= bytes.count {
      let length = (0..<4).reduce(0) { $0 | Int(bytes[at + 8 + $1]) << (8 * $1) }
      packets.append(bytes[at..<at + 16 + length])
      at += 16 + length
    }
    self.packets = packets
  }

  /// A capture of these packets, in this order; numbers begin at 1.
  func capture(_ order: [Int]) -> [UInt8] {
    order.reduce(into: Array(header)) { $0 += packets[$1 - 1] }
  }
  var all: [Int] { Array(1...packets.count) }
  func without(_ dropped: Int...) -> [Int] { all.filter { !dropped.contains($0) } }

  func read(_ order: [Int]? = nil, keys text: [UInt8]? = nil) -> Reading {
    var options = CaptureOptions()
    options.isInFull = true
    let log = text ?? keys
    options.keys.add(log.span)
    return Reading(capture(order ?? all), options)
  }
}
