internal import Synchronization

/// Hands for work that falls into parts which need nothing of one another. Given to stages by whoever
/// has threads; results come in the order of the parts, whatever the number of hands.
public struct Crew: Sendable {
  /// Calls `body(0) … body(count - 1)`, at the same time if it can, and returns when all are done.
  public typealias Run =
    @Sendable (_ count: Int, _ body: @escaping @Sendable (Int) -> Void) -> Void

  private let hands: Int
  private let run: Run

  public init(hands: Int, run: @escaping Run) {
    self.hands = max(1, hands)
    self.run = run
  }

  /// One part after the other.
  public static let alone = Crew(hands: 1) { count, body in
    for i in 0..<max(0, count) { body(i) }
  }

  /// `[part(0), part(1), …]`; each hand takes the next part when it is done with one.
  public func map<Result: Sendable>(
    _ count: Int, _ part: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    guard hands > 1, count > 1 else { return (0..<max(0, count)).map(part) }
    let next = Atomic<Int>(0)
    let done = Mutex<[[(index: Int, result: Result)]]>([])
    run(min(hands, count)) { _ in
      var own: [(index: Int, result: Result)] = []
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { break }
        own.append((index, part(index)))
      }
      let finished = own
      done.withLock { $0.append(finished) }
    }
    // Put in their places, since sorting would move what may be large again and again.
    var placed = [Result?](repeating: nil, count: count)
    for one in done.withLock({ $0 }).joined() { placed[one.index] = one.result }
    return placed.compactMap { $0 }
  }

  /// `(a(), b())`, both at the same time where there are hands for it.
  public func both<A: Sendable, B: Sendable>(
    _ a: @escaping @Sendable () -> A, _ b: @escaping @Sendable () -> B
  ) -> (A, B) {
    guard hands > 1 else { return (a(), b()) }
    let first = Mutex<A?>(nil)
    let second = Mutex<B?>(nil)
    run(2) { hand in
      if hand == 0 {
        let result = a()
        first.withLock { $0 = result }
      } else {
        let result = b()
        second.withLock { $0 = result }
      }
    }
    guard let one = first.withLock({ $0 }), let other = second.withLock({ $0 }) else {
      return (a(), b())
    }
    return (one, other)
  }

  /// Two values after a change, both at the same time where there are hands for it. They are handed over, so that
  /// nothing is copied that only the caller had.
  public func both<A: Sendable, B: Sendable>(
    _ a: consuming A, _ first: @escaping @Sendable (inout A) -> Void,
    _ b: consuming B, _ second: @escaping @Sendable (inout B) -> Void
  ) -> (A, B) {
    let one = Mutex(consume a)
    let other = Mutex(consume b)
    if hands > 1 {
      run(2) { hand in
        if hand == 0 { one.withLock { first(&$0) } } else { other.withLock { second(&$0) } }
      }
    } else {
      one.withLock { first(&$0) }
      other.withLock { second(&$0) }
    }
    return (one.withLock { $0 }, other.withLock { $0 })
  }

  /// Divides `0..<count` into spans of about `size` and hands on what `part` makes of each, in order.
  public func spans<Result: Sendable>(
    _ count: Int, size: Int = 8192, _ part: @escaping @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let step = max(1, size)
    return map((max(0, count) + step - 1) / step) { k in
      part(k * step..<min(count, (k + 1) * step))
    }
  }

  /// An array of `count` elements, of which `fill` writes all of a span at a time, to the places of that span:
  /// nothing is moved afterwards.
  public func fill<Element: BitwiseCopyable & Sendable>(
    _ count: Int,
    _ fill: @escaping @Sendable (Range<Int>, UnsafeMutableBufferPointer<Element>) -> Void
  ) -> [Element] {
    unsafe [Element](large: max(0, count)) { all in
      let places = unsafe Places(all: all)
      _ = spans(count) { span in
        unsafe fill(span, UnsafeMutableBufferPointer(rebasing: places.all[span]))
      }
    }
  }

  /// Each hand writes to places of its own.
  @safe private struct Places<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    let all: UnsafeMutableBufferPointer<Element>

    init(all: UnsafeMutableBufferPointer<Element>) { unsafe self.all = unsafe all }
  }
}
