/// Which values there are in a line that is one JSON object.
public enum JSONShape {
  /// A member or an element met on the way.
  public struct Item: Sendable {
    /// The key of the outermost member around it; its own where there is none.
    public var outer: Range<Int>
    /// Its key, or that of the member whose list it is in.
    public var key: Range<Int>
    /// Objects and lists around it besides the whole.
    public var depth: Int
    public var value: JSONValue
  }

  private static let deepest = 4

  /// Calls `item` for all strings and numbers, in order; nested ones too, down to some depth.
  ///
  /// - Returns: whether the object ends at `to`.
  public static func walk(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ item: (Item) -> Void
  ) -> Bool {
    JSONWalk.members(s, from, to) { keyStart, keyEnd, value in
      enter(s, Item(outer: keyStart..<keyEnd, key: keyStart..<keyEnd, depth: 0, value: value), item)
    } == to
  }

  private static func enter(_ s: Span<UInt8>, _ found: Item, _ item: (Item) -> Void) {
    switch found.value.kind {
    case .string, .number: item(found)
    case .literal: break
    case .object:
      guard found.depth < deepest else { return }
      _ = JSONWalk.members(s, found.value.start, found.value.end) { keyStart, keyEnd, value in
        var inner = found
        inner.key = keyStart..<keyEnd
        inner.depth += 1
        inner.value = value
        enter(s, inner, item)
      }
    case .array:
      guard found.depth < deepest else { return }
      _ = JSONWalk.elements(s, found.value.start, found.value.end) { value in
        var inner = found
        inner.depth += 1
        inner.value = value
        enter(s, inner, item)
      }
    }
  }
}

extension LineShape.Value {
  /// A string without escapes or a number; `nil` for any other.
  public init?(_ value: JSONValue, role: UInt8) {
    switch value.kind {
    case .string where !value.isEscaped:
      self.init(.text, value.start, value.end, role: role)
    case .number: self.init(.number, value.start, value.end, role: role)
    default: return nil
    }
  }
}
