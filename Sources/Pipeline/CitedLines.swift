internal import ByteScan
internal import Ingest

/// Reads single lines of an input again, with their neighbours, masked as when they were first read.
package enum CitedLines {
  /// Bytes of a line that are shown.
  private static let longest = 4096

  /// The lines `number - context ... number + context` that exist, with their numbers, packed or not;
  /// the error's text when the file cannot be read.
  package static func around(
    _ number: Int, of path: String, context: Int
  ) -> Result<[(number: Int, text: [UInt8])], Unreadable> {
    let first = max(1, number - context)
    let last = number + context
    var found: [(number: Int, text: [UInt8])] = []
    if path == "-" {
      return .failure(
        Unreadable(
          text: "it was read from standard input; a report on files can show their lines"))
    }
    do throws(InputFailure) {
      guard var stream = try EntryBytes(path, isRaw: true) else {
        return .failure(Unreadable(text: "no such entry in the archive"))
      }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      var line: [UInt8] = []
      var at = 1
      reading: while at <= last {
        let got = stream.read(into: &buffer)
        if got == 0 { break }
        for i in 0..<got {
          let byte = buffer[i]
          if byte == UInt8(ascii: "\n") {
            if at >= first { found.append((at, masked(line))) }
            line.removeAll(keepingCapacity: true)
            at += 1
            if at > last { break reading }
          } else if at >= first, line.count < longest {
            line.append(byte)
          }
        }
      }
      if !line.isEmpty, at >= first, at <= last { found.append((at, masked(line))) }
    } catch {
      return .failure(Unreadable(text: error.text))
    }
    return .success(found)
  }

  package struct Unreadable: Error { package let text: String }

  private static func masked(_ line: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    Redaction.mask(line.span, 0, line.count, into: &out)
    return out
  }
}
