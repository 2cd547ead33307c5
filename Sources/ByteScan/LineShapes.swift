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

  /// An array holds no values that are not copied.
  private final class Held: Sendable {
    let shape: LineShape
    init(_ shape: consuming LineShape) { self.shape = shape }
  }

  private var shapes: [Held] = []
  /// Of each, its quotes and backslashes: what is asked first.
  private var counts: [(quotes: Int, backslashes: Int)] = []
  /// Of each, what its values are, and the first value of each role: asked here, a shape need not be held.
  @usableFromInline var roles = [UInt8](
    repeating: 0, count: LineShapes.most * LineShape.mostValues)
  @usableFromInline var firsts = [Int8](repeating: -1, count: LineShapes.most * LineShape.roles)
  @usableFromInline var valueCounts = [Int](repeating: 0, count: LineShapes.most)
  @usableFromInline var notes = [UInt8](repeating: 0, count: LineShapes.most)
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
  @inlinable public var note: UInt8 { notes[found[slot]] }
  @inlinable public var count: Int { count(slot) }
  @inlinable @inline(__always) public func place(_ value: Int) -> Place { place(slot, value) }

  /// Of the values of a slot: how many they are, what they are, and where they stand.
  @inlinable @inline(__always) public func count(_ slot: Int) -> Int { valueCounts[found[slot]] }
  @inlinable @inline(__always) public func role(_ slot: Int, _ value: Int) -> UInt8 {
    roles[found[slot] &* LineShape.mostValues &+ value]
  }
  @inlinable @inline(__always) public func place(_ slot: Int, _ value: Int) -> Place {
    places[slot &* LineShape.mostValues &+ value]
  }

  /// The place of the first value of a role.
  @inlinable @inline(__always) public func first(_ role: UInt8) -> Place? { first(role, slot) }
  @inlinable @inline(__always) public func first(_ role: UInt8, _ slot: Int) -> Place? {
    let value = firsts[found[slot] &* LineShape.roles &+ Int(role)]
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
    let isFull = shapes.count == LineShapes.most
    let place = isFull ? oldest : shapes.count
    note(shape, place)
    if isFull {
      shapes[place] = Held(shape)
      counts[place] = count
      oldest = (oldest + 1) % LineShapes.most
    } else {
      shapes.append(Held(shape))
      counts.append(count)
    }
  }

  private mutating func note(_ shape: borrowing LineShape, _ place: Int) {
    notes[place] = shape.note
    valueCounts[place] = shape.roles.count
    for (i, role) in shape.roles.enumerated() { roles[place * LineShape.mostValues + i] = role }
    for role in 0..<LineShape.roles { firsts[place * LineShape.roles + role] = -1 }
    for (i, role) in shape.roles.enumerated().reversed() {
      firsts[place * LineShape.roles + Int(role)] = Int8(i)
    }
  }
}
