internal import Ingest

/// Inputs that are the same lines under two names: links, copies, and a rotated part beside itself packed. Read
/// twice, they would count twice.
struct Twins {
  private struct Known {
    let path: String
    let device: UInt64
    let inode: UInt64
  }
  /// Smaller files may be equal by chance.
  private static let smallest = 512

  /// By the size of what is in them.
  private var known: [Int: [Known]] = [:]

  /// The input before that `file` repeats; else it is remembered.
  mutating func first(_ path: String, _ file: borrowing InputFile) -> String? {
    let size = file.unpackedSize
    let own = Known(path: path, device: file.device, inode: file.inode)
    for other in known[size] ?? [] {
      if other.device == own.device, other.inode == own.inode { return other.path }
      if size >= Twins.smallest, Twins.areEqual(path, other.path) { return other.path }
    }
    known[size, default: []].append(own)
    return nil
  }

  private static func areEqual(_ a: String, _ b: String) -> Bool {
    guard let first = try? InputFile(path: a), let second = try? InputFile(path: b) else {
      return false
    }
    var one = ByteStream(first)
    var two = ByteStream(second)
    let size = 1 << 16
    var left = [UInt8](repeating: 0, count: size)
    var right = left
    while true {
      let got = fill(&left, &one)
      guard got == fill(&right, &two), left[..<got] == right[..<got] else { return false }
      if got < size { return one.fault == nil && two.fault == nil }
    }
  }

  private static func fill(_ buffer: inout [UInt8], _ stream: inout ByteStream) -> Int {
    var got = 0
    while got < buffer.count {
      let count = stream.read(into: &buffer, at: got)
      if count == 0 { break }
      got += count
    }
    return got
  }
}
