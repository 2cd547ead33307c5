/// A plain file that is being written: what comes after its end is read, too, as `tail -F` does. A file that took
/// its name (rotation) is read from its begin once the old one gives no more; so is one that was emptied.
package struct FileTail: ~Copyable {
  package enum Step: Sendable {
    /// So many bytes were read.
    case bytes(Int)
    /// Nothing yet.
    case waiting
    /// What comes now is the begin of a file.
    case rotated, emptied
  }

  private let path: String
  private var file: InputFile
  private var position = 0
  /// Another file was seen under the name; the old one is asked once more.
  private var isReplaced = false

  package init(path: String) throws(InputFailure) {
    self.path = path
    file = try InputFile(path: path)
  }

  /// Reads into `buffer` from its start; does not wait.
  package mutating func next(into buffer: inout [UInt8]) throws(InputFailure) -> Step {
    let got = try file.read(into: &buffer, at: 0, count: buffer.count, from: position)
    if got > 0 {
      position += got
      return .bytes(got)
    }
    if file.length < position {
      position = 0
      return .emptied
    }
    if isReplaced {
      isReplaced = false
      file = try InputFile(path: path)
      position = 0
      return .rotated
    }
    isReplaced = file.isReplaced(at: path)
    return .waiting
  }
}
