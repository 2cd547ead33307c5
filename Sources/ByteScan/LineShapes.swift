/// The shapes of the last lines of a log, and where the values of the line at hand stand.
public struct LineShapes: Sendable {
  /// Of a value; offsets into the span that was given.
  public struct Place: Sendable, BitwiseCopyable {
    public var from: Int
    public var to: Int
  }

  /// Shapes held at once.
  private static let most = 16
  /// Lines whose values are held at once.
  public static let slots = 16
  /// Lines learnt in vain before learning becomes rare.
  private static let patience = 32

  /// Held behind a reference: a shape is never copied.
  @usableFromInline final class Held: Sendable {
    @usableFromInline let shape: LineShape
    init(_ shape: LineShape) { self.shape = shape }
  }

  @usableFromInline var shapes: [Held] = []
  /// Of each, its quotes and backslashes: what is asked first.
  private var counts: [(quotes: Int, backslashes: Int)] = []
  /// By slot.
  @usableFromInline var places = [Place](
    repeating: Place(from: 0, to: 0), count: LineShapes.slots * LineShape.mostValues)
  private var starts = [UInt32](repeating: 0, count: LineShape.mostValues + 1)
  private var oldest = 0
  private var trust = LineShapes.patience
  private var unlearnt = 0
  /// By slot, the number of the shape that `find` found.
  @usableFromInline var found = [Int](repeating: 0, count: LineShapes.slots)
  /// Where `find` puts what it finds; of which the other questions are, where it is not said otherwise.
  public var slot = 0
  /// `find` looked for the line at hand in vain.
  private var isUnknown = false

  public init() {}

  /// Finds the shape of a line that is marked; whether there is one.
  @inline(__always)
  public mutating func find(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ marks: borrowing LineMarks
  ) -> Bool {
    isUnknown = false
    guard marks.isLine(from, to) else { return false }
    let quotes = marks.quoteCount
    let backslashes = marks.lineBackslashes
    for i in counts.indices
    where counts[i].quotes == quotes && counts[i].backslashes == backslashes {
      let first = slot &* LineShape.mostValues
      let held = shapes[i]
      let isThere =
        held.shape.matches(s, from, to, marks, &starts, &places, first)
        ?? held.shape.matches(s, from, to, &places, first)
      guard isThere else { continue }
      found[slot] = i
      trust = min(trust &+ 1, 2 &* LineShapes.patience)
      return true
    }
    isUnknown = true
    return false
  }

  /// Of the shape that was found.
  @inlinable public var note: UInt8 { shapes[found[slot]].shape.note }
  @inlinable public var count: Int { shapes[found[slot]].shape.roles.count }
  @inlinable @inline(__always) public func role(_ value: Int) -> UInt8 {
    shapes[found[slot]].shape.roles[value]
  }
  @inlinable @inline(__always) public func place(_ value: Int) -> Place {
    places[slot &* LineShape.mostValues &+ value]
  }

  @inlinable @inline(__always) public func place(_ slot: Int, _ value: Int) -> Place {
    places[slot &* LineShape.mostValues &+ value]
  }
  /// What the values of a slot are.
  @inlinable @inline(__always) public func roles(_ slot: Int) -> [UInt8] {
    shapes[found[slot]].shape.roles
  }

  /// The place of the first value of a role.
  @inlinable @inline(__always) public func first(_ role: UInt8) -> Place? { first(role, slot) }
  @inlinable @inline(__always) public func first(_ role: UInt8, _ slot: Int) -> Place? {
    let value = shapes[found[slot]].shape.firsts[Int(role)]
    return value < 0 ? nil : place(slot, Int(value))
  }

  /// Takes up the shape of the line at hand, if it had none of those known and learning pays.
  public mutating func learn(_ shape: () -> LineShape?) {
    guard isUnknown else { return }
    isUnknown = false
    guard trust > 0 || unlearnt >= 64 else {
      unlearnt += 1
      return
    }
    unlearnt = 0
    trust = max(0, trust - 1)
    guard let shape = shape() else { return }
    let count = (shape.quotes, shape.backslashes)
    if shapes.count < LineShapes.most {
      shapes.append(Held(shape))
      counts.append(count)
    } else {
      shapes[oldest] = Held(shape)
      counts[oldest] = count
      oldest = (oldest + 1) % LineShapes.most
    }
  }
}
