internal import ByteScan

/// Heads of requests, without their credentials, that wait for the answer to tell whether they have to be
/// taken apart.
struct LateHeads {
  /// More bytes than these do not wait.
  static let mostBytes = 16 << 20
  /// Longer ones do not wait.
  static let longest = 8192
  /// Places whose memory is kept to be used again.
  private static let mostSpare = 1024

  private var heads: [[UInt8]] = []
  private var free: [Int32] = []
  private var bytes = 0

  var isFull: Bool { bytes >= Self.mostBytes }

  /// Keeps what is not in `cut`; says where.
  mutating func add(_ s: Span<UInt8>, _ from: Int, _ to: Int, without cut: Field) -> Int32 {
    let place: Int
    if let known = free.popLast() {
      place = Int(known)
    } else {
      place = heads.count
      heads.append([])
    }
    Bytes.append(s, from, cut.start, to: &heads[place])
    Bytes.append(s, cut.end, to, to: &heads[place])
    bytes += heads[place].count
    return Int32(truncatingIfNeeded: place)
  }

  subscript(place: Int32) -> [UInt8] { heads[Int(place)] }

  /// The head is not needed any more.
  mutating func remove(_ place: Int32) {
    let place = Int(place)
    bytes -= heads[place].count
    if free.count < Self.mostSpare {
      heads[place].removeAll(keepingCapacity: true)
    } else {
      heads[place] = []
    }
    free.append(Int32(truncatingIfNeeded: place))
  }
}
