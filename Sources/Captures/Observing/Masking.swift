/// Hides credentials in texts taken from bodies, before they are kept.
enum Masking {
  /// Replaces runs that look like tokens (40 or more base64url characters and dots, or beginning
  /// with `eyJ`) by `…`.
  static func mask(_ text: inout [UInt8]) {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var i = 0
    while i < text.count {
      var end = i
      while end < text.count, isTokenByte(text[end]) { end += 1 }
      if end == i {
        out.append(text[i])
        i += 1
        continue
      }
      let isToken =
        end - i >= 40
        || end - i >= 12 && text[i] == UInt8(ascii: "e") && text[i + 1] == UInt8(ascii: "y")
          && text[i + 2] == UInt8(ascii: "J")
      if isToken && !isWords(text, i, end) {
        out.append(contentsOf: [0xe2, 0x80, 0xa6])
      } else {
        out.append(contentsOf: text[i..<end])
      }
      i = end
    }
    text = out
  }

  private static func isTokenByte(_ c: UInt8) -> Bool {
    c >= 48 && c <= 57 || c >= 65 && c <= 90 || c >= 97 && c <= 122 || c == UInt8(ascii: "-")
      || c == UInt8(ascii: "_") || c == UInt8(ascii: ".") || c == UInt8(ascii: "=")
  }

  /// Host and class names are long too, but made of lower-case words between dots.
  private static func isWords(_ text: [UInt8], _ from: Int, _ to: Int) -> Bool {
    var run = 0
    for i in from..<to {
      let c = text[i]
      if c == UInt8(ascii: ".") || c == UInt8(ascii: "-") || c == UInt8(ascii: "_") {
        run = 0
      } else {
        run += 1
        if run > 24 || c >= 48 && c <= 57 && run > 12 { return false }
      }
    }
    return true
  }
}
