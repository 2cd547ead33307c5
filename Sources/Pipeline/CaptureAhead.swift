internal import Captures

/// Reads a capture on a thread of its own, a few batches of packets ahead of who puts streams together.
final class CaptureAhead: Sendable {
  /// Smaller files are not worth a thread.
  static let worthwhile = 4 << 20
  private static let most = 4

  private struct State {
    var filled: [PacketBatch] = []
    var free = [PacketBatch](repeating: PacketBatch(), count: most)
    var account: CaptureReader.FileAccount?
  }
  private let gate = Gate(State())

  /// `nil` when the system gives no thread.
  init?(path: String, filter: String?) {
    let gate = gate
    let isStarted = Workers.detach {
      let account = CaptureReader.takeApart(path: path, filter: filter) { batch in
        // Never two owners of a buffer: it would be copied when written to.
        var next = gate.wait { $0.free.popLast() }
        swap(&batch, &next)
        gate.change { state in
          state.filled.append(PacketBatch())
          swap(&state.filled[state.filled.count - 1], &next)
        }
      }
      gate.change { $0.account = account }
    }
    guard isStarted else { return nil }
  }

  /// Exchanges a batch that is done for the next one; at the end what the file's reader has to say.
  func next(_ batch: inout PacketBatch) -> CaptureReader.FileAccount? {
    var done = PacketBatch()
    swap(&done, &batch)
    done.clear()
    gate.change { state in
      state.free.append(PacketBatch())
      swap(&state.free[state.free.count - 1], &done)
    }
    return gate.wait { state -> CaptureReader.FileAccount?? in
      if !state.filled.isEmpty {
        batch = state.filled.removeFirst()
        return .some(nil)
      }
      return state.account.map { .some($0) }
    }
  }
}
