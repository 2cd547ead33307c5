internal import Ingest

/// Reads a plain file on a thread of its own, a few pieces ahead of who takes them apart.
final class ReadAhead: Sendable {
  /// Before the bytes of a piece: for what is left of the piece before.
  private static let room = 64 << 10
  private static let piece = 256 << 10
  private static let most = 4
  /// Smaller files are not worth a thread.
  static let worthwhile = 4 << 20

  private struct Piece {
    var bytes: [UInt8] = []
    var count = 0
  }
  private struct State {
    var filled: [Piece] = []
    var free = [[UInt8]](repeating: [UInt8](repeating: 0, count: room + piece), count: most)
    var hasEnded = false
    var isAbandoned = false
    var failure: String?
  }
  private let gate = Gate(State())

  /// `nil` when the system gives no thread.
  init?(path: String) {
    let gate = gate
    guard Workers.detach({ ReadAhead.run(path, gate) }) else { return nil }
  }

  private static func run(_ path: String, _ gate: Gate<State>) {
    var failure: String?
    do throws(InputFailure) {
      let file = try InputFile(path: path)
      var position = 0
      while true {
        // Never two owners of a buffer: it would be copied when written to.
        guard
          var bytes = gate.wait({ state -> [UInt8]?? in
            if state.isAbandoned { return .some(nil) }
            return state.free.popLast().map { .some($0) }
          })
        else { return }
        let got = try file.read(into: &bytes, at: room, count: piece, from: position)
        if got == 0 { break }
        position += got
        gate.change {
          $0.filled.append(Piece(count: got))
          swap(&$0.filled[$0.filled.count - 1].bytes, &bytes)
        }
      }
    } catch { failure = error.text }
    let text = failure
    gate.change {
      $0.failure = text
      $0.hasEnded = true
    }
  }

  /// Puts the next piece behind `buffer[start..<end]`; `false` at the end.
  func more(_ buffer: inout [UInt8], _ start: inout Int, _ end: inout Int) -> Bool {
    guard
      var next = gate.wait({ state -> Piece?? in
        if !state.filled.isEmpty { return .some(state.filled.removeFirst()) }
        return state.hasEnded ? .some(nil) : nil
      })
    else { return false }
    let kept = end - start
    if kept <= ReadAhead.room {
      let from = ReadAhead.room - kept
      for i in 0..<kept { next.bytes[from + i] = buffer[start + i] }
      swap(&buffer, &next.bytes)
      start = from
      end = ReadAhead.room + next.count
    } else {
      // The beginning of a packet larger than the room: joined.
      buffer.removeSubrange(end...)
      buffer.removeSubrange(..<start)
      buffer.append(contentsOf: next.bytes[ReadAhead.room..<ReadAhead.room + next.count])
      start = 0
      end = buffer.count
    }
    // Each piece taken is a buffer given back: one of another size is replaced.
    if next.bytes.count != ReadAhead.room + ReadAhead.piece {
      next.bytes = [UInt8](repeating: 0, count: ReadAhead.room + ReadAhead.piece)
    }
    gate.change { state in
      state.free.append([])
      swap(&state.free[state.free.count - 1], &next.bytes)
    }
    return true
  }

  /// Nobody takes any more; why reading ended early, if it did.
  func finish() -> String? {
    gate.change { state in
      state.isAbandoned = true
      state.filled = []
      return state.failure
    }
  }
}
