internal import Evidence
internal import Pipeline
internal import Synchronization

/// A line on a terminal that says how far a long read is; none off a terminal, gone afterwards.
final class Progress: Sendable {
  private struct State {
    let began = Clock.now
    var lastShown = Clock.now
    var isShown = false
  }
  private let state = Mutex(State())
  private let isOn = Terminal.isTerminal(2) && Terminal.environment("TERM") != "dumb"

  /// Bytes; may be called from any thread.
  func show(done: Int, total: Int) {
    guard isOn, total > 0 else { return }
    state.withLock { state in
      let now = Clock.now
      let elapsed = now - state.began
      guard elapsed > 0.5, now - state.lastShown > 0.1 else { return }
      state.lastShown = now
      state.isShown = true
      Descriptor.errors().write("\r\u{1b}[K" + Progress.line(done, total, elapsed))
    }
  }

  func clear() {
    state.withLock { state in
      if state.isShown { Descriptor.errors().write("\r\u{1b}[K") }
      state.isShown = false
    }
  }

  /// `reading  42 %  512 MB of 1.2 GB  310 MB/s  2 s left`.
  static func line(_ done: Int, _ total: Int, _ elapsed: Double) -> String {
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    let left = rate > 0 ? Int((Double(max(0, total - done)) / rate).rounded(.up)) : 0
    return "reading  \(min(100, done * 100 / max(1, total))) %  \(size(done)) of \(size(total))"
      + "  \(size(Int(rate)))/s  \(left) s left"
  }

  private static func size(_ bytes: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    return (unit == 0 || tenths >= 100 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)")
      + " " + units[unit]
  }
}
