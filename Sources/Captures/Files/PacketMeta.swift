/// What the file says about one packet, besides its bytes.
struct PacketMeta: BitwiseCopyable {
  /// From 1, over the whole file: the number that is cited.
  var number: Int
  /// Nanoseconds since the epoch; the last known time for packets without one.
  var time: Int64
  /// Interface within its section; 0 in classic files.
  var interface: Int
  var linkType: UInt32
  /// Bytes on the wire that the file does not hold (snap length).
  var missing: Int
  /// The file's byte order: of NULL and NFLOG headers.
  var isBigEndian: Bool
}

/// Takes the packets of a file, one after another.
protocol PacketTaker: ~Copyable {
  mutating func take(_ meta: PacketMeta, _ s: Span<UInt8>, _ from: Int, _ to: Int)
  /// A key log inside the file.
  mutating func secrets(_ s: Span<UInt8>, _ from: Int, _ to: Int)
  /// The window of the file is about to move: whoever keeps places in it takes it along.
  mutating func leave(_ feed: inout ByteFeed)
  /// A remark about the file itself, ready to print.
  mutating func note(_ problem: String)
}

extension PacketTaker where Self: ~Copyable {
  mutating func leave(_ feed: inout ByteFeed) {}
}
