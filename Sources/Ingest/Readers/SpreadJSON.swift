internal import ByteScan

/// Puts each value of a JSON text onto the line on which it begins: the elements of an array, or values one
/// after the other; texts of a list of lines. The number of lines stays, so that what is read can be cited. Objects that only hold a
/// list (`{"items": […]}`) are opened; a line of words between values stays.
package enum SpreadJSON {
  package static func flat(_ text: [UInt8]) -> [UInt8] {
    let s = text.span
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    /// Line ends owed: those inside the values put out so far.
    var owed = 0
    /// Nothing but blanks since the line began.
    var isFresh = true
    var at = 0
    let isOfLines = isOfLines(s)
    while at < s.count {
      let c = s[at]
      if isOfLines, c == UInt8(ascii: "\"") {
        // A list of one line, as `JSONBatch` reads it.
        let next = JSONWalk.value(s, at, s.count).next
        let end = next < 0 ? s.count : next
        settle(&out, &owed)
        out.append(UInt8(ascii: "["))
        owed += close(s, at, end, &out)
        out.append(UInt8(ascii: "]"))
        at = end
        continue
      }
      if isFresh, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(c | 32) {
        while at < s.count, s[at] != 10 {
          out.append(s[at])
          at += 1
        }
        continue
      }
      isFresh = c == 10 || isFresh && c <= 32
      if c == UInt8(ascii: "{"), let list = list(s, at) {
        at = blank(s, at, list, &out, &owed)
        continue
      }
      if c == UInt8(ascii: "{") {
        let next = JSONWalk.value(s, at, s.count).next
        let end = next < 0 ? s.count : next
        owed += close(s, at, end, &out)
        at = end
        continue
      }
      at = blank(s, at, at + 1, &out, &owed)
    }
    settle(&out, &owed)
    return out
  }

  /// A list of texts: `["…", "…"]`.
  private static func isOfLines(_ s: Span<UInt8>) -> Bool {
    var at = Bytes.has("\u{feff}", s, 0, s.count) ? 3 : 0
    while at < s.count, s[at] <= 32 { at += 1 }
    guard at < s.count, s[at] == UInt8(ascii: "[") else { return false }
    at += 1
    while at < s.count, s[at] <= 32 { at += 1 }
    return at < s.count && s[at] == UInt8(ascii: "\"")
  }

  /// Puts `s[from..<to]` out without the blanks between its values, as programs write JSON; the number of line ends
  /// in it.
  private static func close(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ out: inout [UInt8]
  ) -> Int {
    var lines = 0
    var isString = false
    var i = from
    while i < to {
      let c = s[i]
      if c == 10 { lines += 1 }
      if c > 32 {
        out.append(c)
      } else if isString {
        out.append(32)
      }
      if c == UInt8(ascii: "\\"), isString, i + 1 < to, s[i + 1] > 32 {
        i += 1
        out.append(s[i])
      } else if c == UInt8(ascii: "\"") {
        isString.toggle()
      }
      i += 1
    }
    return lines
  }

  /// Passes over `s[from..<to]` but for its line ends.
  private static func blank(
    _ s: Span<UInt8>, _ from: Int, _ to: Int, _ out: inout [UInt8], _ owed: inout Int
  ) -> Int {
    for i in from..<to where s[i] == 10 {
      settle(&out, &owed)
      out.append(10)
    }
    // A further value on the line where one has ended would join it.
    if owed > 0, from < to, s[from] == UInt8(ascii: ",") { settle(&out, &owed) }
    return to
  }

  private static func settle(_ out: inout [UInt8], _ owed: inout Int) {
    while owed > 0 {
      out.append(10)
      owed -= 1
    }
  }

  /// Where the array of `{"items": [` or `{"events": [` begins, when the object that begins at `at` has one
  /// among its first members.
  private static func list(_ s: Span<UInt8>, _ at: Int) -> Int? {
    let end = min(s.count, at + 4096)
    let bracket = Bytes.find(UInt8(ascii: "["), s, at, end)
    guard bracket > at else { return nil }
    // The name before it, from its end.
    var last = bracket - 1
    while last > at, s[last] <= 32 || s[last] == UInt8(ascii: ":") { last -= 1 }
    for name in JSONBatch.lists + ["\"hits\""] {
      let place = last + 1 - name.utf8CodeUnitCount
      if place > at, Bytes.has(name, s, place, last + 1) { return bracket }
    }
    return nil
  }
}
