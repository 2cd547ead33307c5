internal import ByteScan

/// Puts each value of a JSON text onto the line on which it begins: the elements of an array, or values one
/// after the other. The number of lines stays, so that what is read can be cited. Objects that only hold a
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
    while at < s.count {
      let c = s[at]
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
        for i in at..<end {
          if s[i] == 10 { owed += 1 }
          out.append(s[i] == 10 || s[i] == 13 ? 32 : s[i])
        }
        at = end
        continue
      }
      at = blank(s, at, at + 1, &out, &owed)
    }
    settle(&out, &owed)
    return out
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
    for name: StaticString in ["\"items\"", "\"events\""] {
      let place = Bytes.find(name, s, at, bracket)
      if place >= 0, bracket - place < 16 { return bracket }
    }
    return nil
  }
}
