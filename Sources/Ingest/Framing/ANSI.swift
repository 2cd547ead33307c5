internal import ByteScan

/// Terminal colours in logs: `ESC [ … letter`, and `^[[…m` as left by copying from some terminals.
enum ANSI {
  /// Whether `strip` would change the range.
  static func occurs(_ s: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    if Bytes.findFar(27, s, from, to) >= 0 { return true }
    // Copied colours stand at the very start of a line or of a field; the start is enough.
    return Bytes.has("^[[", s, from, to)
  }

  /// Appends the range without control sequences (ECMA-48 §5.4) to `out`.
  static func strip(_ s: Span<UInt8>, _ from: Int, _ to: Int, into out: inout [UInt8]) {
    var i = from
    while i < to {
      let c = s[i]
      let isCopied = c == UInt8(ascii: "^") && Bytes.has("^[[", s, i, to)
      guard c == 27 || isCopied else {
        out.append(c)
        i += 1
        continue
      }
      i += isCopied ? 2 : 1
      guard i < to, s[i] == UInt8(ascii: "[") else { continue }
      i += 1
      // Parameter and intermediate bytes, then one final byte.
      while i < to, s[i] >= 0x20, s[i] < 0x40 { i += 1 }
      if i < to, s[i] >= 0x40, s[i] < 0x7f { i += 1 }
    }
  }
}
