/// Bytes from front to back, whatever they are decoded from, with a look ahead at the first ones. One
/// thread at a time.
final class Flow {
  /// More than a decoder may make of what it takes. Deflate makes 1032 of 1 at most; logs reach 200.
  static let largestRatio = 1000
  /// Nothing is called a bomb before it has made this much.
  static let harmless = 64 << 20

  /// Fills the buffer from an index on: the number of bytes, 0 at the end.
  private let pull: (inout [UInt8], Int) -> Int
  /// Bytes taken so far from what this is decoded from; `nil`: nothing is decoded.
  private let taken: (() -> Int)?
  /// Why `pull` ended, when it was not the end.
  private let reason: () -> String?
  private var head: [UInt8] = []
  private var headAt = 0
  private(set) var given = 0
  private(set) var isBomb = false

  init(
    taken: (() -> Int)? = nil, fault: @escaping () -> String? = { nil },
    pull: @escaping (inout [UInt8], Int) -> Int
  ) {
    self.pull = pull
    self.taken = taken
    reason = fault
  }

  /// Why the bytes ended before their time; ready to print.
  var fault: String? {
    isBomb ? "inflates to more than \(Flow.largestRatio) times its size; given up" : reason()
  }

  /// The first bytes, at most `length` (once, before anything is read).
  func peek(_ length: Int) -> [UInt8] {
    if head.isEmpty {
      head = [UInt8](repeating: 0, count: length)
      var got = 0
      while got < length {
        let n = take(&head, got)
        if n == 0 { break }
        got += n
      }
      head.removeSubrange(got...)
    }
    return head
  }

  /// Reads into `buffer[at...]`: the number of bytes, 0 at the end.
  func read(into buffer: inout [UInt8], at: Int = 0) -> Int {
    if headAt < head.count {
      let count = min(head.count - headAt, buffer.count - at)
      for i in 0..<count { buffer[at + i] = head[headAt + i] }
      headAt += count
      return count
    }
    return take(&buffer, at)
  }

  private func take(_ buffer: inout [UInt8], _ at: Int) -> Int {
    guard !isBomb else { return 0 }
    let got = pull(&buffer, at)
    given += got
    if given > Flow.harmless, let taken, given / Flow.largestRatio > taken() {
      isBomb = true
      return 0
    }
    return got
  }
}
