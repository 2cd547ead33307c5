#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Waiting for other threads without a busy loop: short rests first, for short inputs, then longer
/// ones. A signal ends a rest.
struct Pause {
  private var milliseconds: Int32 = 1

  mutating func rest() {
    _ = poll(nil, 0, milliseconds)
    milliseconds = min(50, milliseconds * 2)
  }

  /// Seconds of a clock that only goes forward.
  static var now: Double {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
